using System.Text.Json;
using Fovea.Contracts.V1;

namespace Fovea.Functional.Tests;

/// <summary>Both services as processes, with the demo checkpoint and real images.</summary>
public sealed class ServingTests : IAsyncLifetime
{
    private FoveaStack _stack = null!;

    public async Task InitializeAsync() => _stack = await FoveaStack.StartAsync();

    public async Task DisposeAsync() => await _stack.DisposeAsync();

    [Fact]
    public async Task Generate_FullPlan_GivesTheReferencesAnswers()
    {
        foreach (var expected in References().Take(6))
        {
            var request = FoveaStack.Ask(expected.Image, expected.Question);
            request.Plan = new PlanOverride { Full = true };

            var events = await _stack.AnswerAsync(request);

            var done = events[^1].Done;
            Assert.Equal(expected.Text, done.Text.Trim());
            Assert.Equal(expected.Tokens[..^1], events.Where(item => item.Delta is not null).SelectMany(item => item.Delta.TokenIds));
            Assert.Equal(FinishReason.Eos, done.FinishReason);
            Assert.All(done.AppliedCounts, count => Assert.Equal(256, count));
            Assert.Equal(done.FullPrefillFlops, done.PrefillFlops);
        }
    }

    [Fact]
    public async Task Generate_PolicySwappedLive_ServesTheNextRequest()
    {
        var before = await _stack.AnswerAsync(FoveaStack.AskAny());
        var applied = await _stack.ApplyAsync("sigmoid:k=0.22,A=0.76,mean=0.5,first=3");

        var pruned = await _stack.AnswerAsync(FoveaStack.AskAny());

        var admitted = pruned[0].Admitted;
        Assert.Equal((applied.Policy.Revision, "default", "*", false), (admitted.Plan.Provenance.Revision, admitted.Plan.Provenance.Policy, admitted.Plan.Provenance.Rule, admitted.Stale));
        Assert.NotEqual(before[0].Admitted.Plan.Digest, admitted.Plan.Digest);
        var done = pruned[^1].Done;
        Assert.Equal(admitted.Plan.Counts, done.AppliedCounts);
        Assert.InRange(done.AppliedCounts.Average(count => count / 256.0), 0.4, 0.5);
        Assert.InRange(done.PrefillFlops / done.FullPrefillFlops, 0.3, 0.7);

        await _stack.ApplyAsync("vtw:K=6");
        var next = (await _stack.AnswerAsync(FoveaStack.AskAny()))[^1].Done;
        Assert.Equal(applied.Policy.Revision + 1, next.Revision);
        Assert.Equal([256, 256, 256, 256, 256, 256], next.AppliedCounts.Take(6));
        Assert.All(next.AppliedCounts.Skip(6), count => Assert.InRange(count, 0, 1));
    }

    [Fact]
    public async Task Generate_KeptReported_AreAscendingAndAsManyAsPlanned()
    {
        var request = FoveaStack.AskAny();
        request.Plan = new PlanOverride { Spec = "fastv:K=3,R=0.5" };
        request.ReportKept = true;

        var done = (await _stack.AnswerAsync(request))[^1].Done;

        var kept = Assert.Single(done.Kept);
        Assert.Equal(done.AppliedCounts[kept.Layer], kept.Indices.Count);
        Assert.Equal(kept.Indices.Order().Distinct(), kept.Indices);
    }

    private static List<Reference> References() => JsonSerializer.Deserialize<List<Reference>>(
        File.ReadAllBytes(Path.Combine(Repository.Root, "models", "demo", "answers.json")), JsonSerializerOptions.Web)!;

    private sealed record Reference(string Image, string Question, string Text, int[] Tokens);
}
