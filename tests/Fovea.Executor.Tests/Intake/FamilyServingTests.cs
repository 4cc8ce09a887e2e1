using System.Text.Json.Nodes;
using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using Fovea.Executor.Tests.Prefill;
using Grpc.Core;

namespace Fovea.Executor.Tests.Intake;

/// <summary>Every family over the wire, from image files to tokens: against recorded answers, with several images, pruned, and refused.</summary>
[Collection(nameof(TensorCollection))]
public sealed class FamilyServingTests
{
    private const int MaxTokens = 24;

    /// <summary>Conversations whose recorded prompts come from the chat template.</summary>
    public static TheoryData<string, string[]> Recorded() => new()
    {
        { "internvl-qwen2", ["wide.png", "What is in the picture? 图中有什么？"] },
        { "internvl-internlm2", ["tall.png", "What is in the picture? 图中有什么？"] },
        { "internvl-phi3", ["boat.jpg", "What is in the picture? 图中有什么？"] },
        { "internvl-hf", ["wide.png", "What is shown here?"] },
        { "internvl-hf-qknorm", ["wide.png", "What is shown here?"] },
        { "qwen2-vl", ["boat.jpg", " and ", "tall.png", "Compare the two."] },
        { "qwen2.5-vl", ["boat.jpg", " and ", "tall.png", "Compare the two."] },
        { "llava-next", ["wide.png", "What is unusual about this image?"] },
    };

    /// <summary>Every family's checkpoint but LLaVA-1.5's, which has its own suite.</summary>
    public static TheoryData<string> Families() =>
        ["internvl-qwen2", "internvl-internlm2", "internvl-phi3", "internvl-llama", "internvl-hf", "qwen2-vl", "qwen2.5-vl", "llava-next"];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Generate_RecordedConversation_TokensAreTheReferences(string family, string[] parts)
    {
        var full = ParityCase.Read(family, "full");
        using var folder = AsRecorded(family);
        await using var executor = await FamilyExecutor.StartAsync(folder.Root);

        var (tokens, done) = await executor.AnswerAsync(FamilyExecutor.Ask(MaxTokens, parts));

        Assert.Equal(full.Greedy.AsEnumerable(), tokens);
        Assert.Equal(full.Counts.AsEnumerable(), done.AppliedCounts);
        Assert.Equal(full.Counts[0], done.Usage.VisionTokens);
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Generate_RecordedPlanAsOverride_TokensAndKeptAreTheReferences(string family, string[] parts)
    {
        var recorded = ParityCase.Read(family, "pyramid-instruction-keep");
        using var expected = recorded.Tensors();
        using var folder = AsRecorded(family);
        await using var executor = await FamilyExecutor.StartAsync(folder.Root);
        var request = FamilyExecutor.Ask(MaxTokens, parts);
        request.Plan = new PlanOverride { Rates = new KeepRates { Floor = recorded.Floor }, Scorer = Scorer.Instruction };
        request.Plan.Rates.Rates.AddRange(recorded.Counts.Select(count => count / (double)recorded.Counts[0]));

        var (tokens, done) = await executor.AnswerAsync(request);

        Assert.Equal(recorded.Counts.AsEnumerable(), done.AppliedCounts);
        Assert.NotEmpty(done.Kept);
        Assert.All(done.Kept, kept => Assert.Equal(
            expected.Tensors[$"kept_{kept.Layer}"].As<long>().ToArray().Select(index => (int)index), kept.Indices));
        Assert.Equal(recorded.Greedy.AsEnumerable(), tokens);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Generate_ThreeImagesPruned_AnswersByThePlanAndDiffersInNothingElse(string family)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        string[] parts = ["wide.png", "First.", "tall.png", "Second.", "tiny.png", "Compare all of them."];
        var pruned = FamilyExecutor.Ask(4, parts);
        pruned.Plan = new PlanOverride { Spec = "fastv:K=2,R=0.5" };

        var full = await executor.AnswerAsync(FamilyExecutor.Ask(4, parts));
        var half = await executor.AnswerAsync(pruned);

        var tokens = full.Done.Usage.VisionTokens;
        Assert.All(full.Done.AppliedCounts, count => Assert.Equal(tokens, count));
        Assert.Equal([tokens, tokens, .. Enumerable.Repeat((tokens / 2), 6)], half.Done.AppliedCounts);
        Assert.Equal(full.Done.Usage.PromptTokens, half.Done.Usage.PromptTokens);
        Assert.Equal(4, half.Tokens.Count);
        Assert.True(half.Done.PrefillFlops < full.Done.PrefillFlops);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Generate_KeepAll_IsTheSameAsNoPlan(string family)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        var request = FamilyExecutor.Ask(8, "wide.png", "What is this?");
        var kept = request.Clone();
        kept.Plan = new PlanOverride { Rates = new KeepRates() };
        kept.Plan.Rates.Rates.AddRange(Enumerable.Repeat(1.0, 8));

        var plain = await executor.AnswerAsync(request);
        var all = await executor.AnswerAsync(kept);

        Assert.Equal(plain.Tokens, all.Tokens);
        Assert.Equal(plain.Done.AppliedCounts, all.Done.AppliedCounts);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Generate_BrokenImages_IsRefusedWithEachOnesField(string family)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        var request = FamilyExecutor.Ask(4, "wide.png", "tall.png", "wide.png", "What is this?");
        var parts = request.Messages[0].Parts;
        parts[0].Image.Data = Google.Protobuf.ByteString.CopyFromUtf8("no image");
        parts[2].Image.Data = Google.Protobuf.ByteString.CopyFrom(parts[2].Image.Data.Span[..40]);

        var error = await executor.RefusedAsync(request);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("messages[0].parts[0].image", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("messages[0].parts[2].image", error.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("messages[0].parts[1].image", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen2-vl")]
    [InlineData("qwen2.5-vl")]
    public async Task Generate_ImageTooLongForItsWidth_IsRefusedAtItsOwnField(string family)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        var request = FamilyExecutor.Ask(4, "wide.png", "tall.png", "What is this?");
        request.Messages[0].Parts[1].Image.Data = Pictures.PngClaiming(2010, 10);

        var error = await executor.RefusedAsync(request);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("messages[0].parts[1].image", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("aspect ratio", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen2-vl", "uniform:r=0.5", PositionMode.Renumber, "renumber")]
    [InlineData("qwen2.5-vl", "uniform:r=0.5", PositionMode.Renumber, "renumber")]
    [InlineData("qwen2-vl", "pool:size=2", PositionMode.Keep, "2 x 2")]
    [InlineData("internvl-internlm2", "pool:size=2", PositionMode.Keep, "2 x 2")]
    public async Task Generate_PlanThatThePromptDoesNotAllow_IsAFailedPrecondition(string family, string spec, PositionMode positions, string named)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        // A square number of tokens, so that only the prompt's own form stands against averaging.
        var request = FamilyExecutor.Ask(4, family == "qwen2-vl" ? "alpha.png" : "tall.png", "What is this?");
        request.Plan = new PlanOverride { Spec = spec, Positions = positions };

        var error = await executor.RefusedAsync(request);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>The checkpoint with the number of tiles that its run was recorded with.</summary>
    private static TemporaryFolder AsRecorded(string family)
    {
        var folder = TemporaryFolder.CopyOf(Fixtures.Path(family));
        if (family == "internvl-phi3")
        {
            var config = JsonNode.Parse(File.ReadAllText(folder.PathOf("config.json")))!;
            config["max_dynamic_patch"] = 4;
            folder.Write("config.json", config.ToJsonString());
        }

        return folder;
    }
}
