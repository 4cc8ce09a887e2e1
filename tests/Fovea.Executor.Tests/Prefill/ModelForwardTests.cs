using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;
using Xunit.Abstractions;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>Prefill against recorded runs of other software, fp32 on the CPU.</summary>
[Collection(nameof(TensorCollection))]
public sealed class ModelForwardTests
{
    private const double Tolerance = 1e-4;

    private readonly ITestOutputHelper _output;

    public ModelForwardTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [MemberData(nameof(ParityCase.All), MemberType = typeof(ParityCase))]
    public void Run_RecordedCase_LogitsAndKeptTokensAreTheReferences(string family, string name)
    {
        var expected = ParityCase.Read(family, name);
        using var model = Load(family);

        var actual = ModelForward.Run(model, ParityCase.Inputs(family), expected.Plan(model.Profile), CancellationToken.None);

        using var tensors = expected.Tensors();
        Assert.Equal(expected.Counts.AsEnumerable(), actual.AppliedCounts.AsEnumerable());
        AssertKept(tensors, actual);
        AssertLastRows(tensors, actual);
    }

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Run_EverythingKept_LogitsAreThoseOfTheFullPlanBitForBit(string family)
    {
        using var model = Load(family);
        var inputs = ParityCase.Inputs(family);
        var full = KeepPlan.Full(model.Profile.Name, model.Profile.Revision, model.Profile.Shape.Layers, inputs.PromptFor(model).VisionTokens);
        var all = full with { Schedule = "rates:all", Scorer = TokenScorer.Last, Positions = inputs.PromptFor(model).Positions is null ? PositionMode.Renumber : PositionMode.Keep };

        var expected = ModelForward.Run(model, inputs, full, CancellationToken.None);
        var actual = ModelForward.Run(model, inputs, all, CancellationToken.None);

        Assert.Equal(expected.Logits, actual.Logits);
    }

    [Fact]
    public void Run_PlanOfOtherDepthAndSize_NamesBothFaults()
    {
        using var model = Load("llava");
        var plan = KeepPlan.Full("m", "r", 7, 63);

        var error = Assert.Throws<ArgumentException>(() => ModelForward.Run(model, ParityCase.Inputs("llava"), plan, CancellationToken.None));

        Assert.Contains("7 layers, the model 8", error.Message, StringComparison.Ordinal);
        Assert.Contains("63 vision tokens, the prompt has 64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RenumberWithPositionsInSpace_IsRefused()
    {
        using var model = Load("qwen2-vl");
        var plan = ParityCase.Read("qwen2-vl", "sigmoid-instruction-keep").Plan(model.Profile) with { Positions = PositionMode.Renumber };

        var error = Assert.Throws<ArgumentException>(() => ModelForward.Run(model, ParityCase.Inputs("qwen2-vl"), plan, CancellationToken.None));

        Assert.Contains("counts positions anew", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internvl-qwen2", 11, "176", "160")]
    [InlineData("qwen2-vl", 2, "63", "30")]
    public void Run_OneTileOrImageLess_NamesBothCounts(string family, int given, string places, string images)
    {
        using var model = Load(family);
        var inputs = ParityCase.Inputs(family);
        var fewer = inputs with { Images = [.. inputs.Images.Take(inputs.Images.Count - 1)] };

        var error = Assert.Throws<ArgumentException>(() => fewer.PromptFor(model));

        Assert.Equal(given, inputs.Images.Count);
        Assert.Contains($"places for {places} image tokens, the images give {images}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TwoRuns_LeavesNoTensorBehind()
    {
        using var model = Load("llava");
        var inputs = ParityCase.Inputs("llava");
        var plan = ParityCase.Read("llava", "sigmoid-instruction-keep").Plan(model.Profile);
        ModelForward.Run(model, inputs, plan, CancellationToken.None);
        var before = TensorStatistics.Read().Live;

        ModelForward.Run(model, inputs, plan, CancellationToken.None);

        Assert.Equal(before, TensorStatistics.Read().Live);
    }

    private static LoadedModel Load(string family) => ParityCase.Load(family);

    private static void AssertKept(SafetensorsFile tensors, ForwardOutputs actual)
    {
        var expected = tensors.Tensors.Keys.Where(key => key.StartsWith("kept_", StringComparison.Ordinal)).ToArray();
        Assert.Equal(expected.Length, actual.Kept.Count);
        foreach (var key in expected)
        {
            var layer = int.Parse(key["kept_".Length..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(tensors.Tensors[key].As<long>().ToArray(), actual.Kept[layer].Select(index => (long)index));
        }
    }

    private void AssertLastRows(SafetensorsFile tensors, ForwardOutputs actual)
    {
        var logits = tensors.Tensors["logits"];
        var expected = logits.As<float>();
        var last = actual.Logits.AsSpan(actual.Logits.Length - expected.Length);
        var worst = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected[i] - last[i]));
        }

        _output.WriteLine($"largest difference of a logit: {worst:E1}");
        Assert.True(worst <= Tolerance, $"Largest difference of a logit: {worst}.");
    }
}
