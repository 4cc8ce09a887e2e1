using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;
using Xunit.Abstractions;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>Every family in bf16 against the reference's fp32 logits.</summary>
[Collection(nameof(TensorCollection))]
public sealed class HalfPrecisionTests
{
    private const double Tolerance = 2e-2;

    private readonly ITestOutputHelper _output;

    public HalfPrecisionTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Run_Bf16_LogitsAreWithinTwoPercentOfTheReference(string family)
    {
        using var model = ModelLoader.Load(new ModelSource(Fixtures.Path(family), family, ScalarType.BFloat16, torch.CPU));
        using var expected = ParityCase.Read(family, "full").Tensors();
        var inputs = ParityCase.Inputs(family);
        var prompt = inputs.PromptFor(model);
        var plan = KeepPlan.Full(family, model.Profile.Revision, model.Language.Shape.Layers, prompt.VisionTokens);

        var actual = ModelForward.Run(model, inputs, plan, CancellationToken.None);

        var reference = expected.Tensors["logits"].As<float>();
        var rows = actual.Logits.AsSpan(actual.Logits.Length - reference.Length);
        var (difference, size) = (0.0, 0.0);
        for (var i = 0; i < reference.Length; i++)
        {
            difference += Math.Pow(rows[i] - reference[i], 2);
            size += Math.Pow(reference[i], 2);
        }

        var relative = Math.Sqrt(difference / size);
        _output.WriteLine($"{family}: {relative:E2}");
        Assert.True(relative is > 0 and <= Tolerance, $"{family}: {relative}");
    }
}
