using Fovea.Executor.Cache;
using Fovea.Executor.Decode;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;
using Xunit.Abstractions;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>Scores of the first layers and logits of the first steps against the reference's, fp32 on the CPU.</summary>
[Collection(nameof(TensorCollection))]
public sealed class RecordedNumbersTests
{
    private const double LogitTolerance = 1e-4;
    private const double ScoreTolerance = 1e-6;

    private readonly ITestOutputHelper _output;

    public RecordedNumbersTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Observe_FirstTwoLayers_ScoresAreTheReferences(string family)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        using var model = ParityCase.Load(family);
        using var expected = ParityCase.Read(family, "full").Tensors();
        var input = Input(model, family);
        using var cache = KvCache.Allocate(model.Language.Shape, input.Plan, (int)input.Embeddings.shape[0], ScalarType.Float32, torch.CPU);
        var rows = PromptRows.Of(input, torch.CPU);
        for (var layer = 0; layer < 2; layer++)
        {
            var tap = new ScoringTap(input.InstructionTokens, rows.VisionIndex, weights: null);

            rows = rows with { Hidden = model.Language.RunLayer(layer, rows.Hidden, model.Language.Rotary.At(rows.Positions), cache[layer], tap) };

            AssertClose(expected, $"score_{layer}", 0, tap.Take().ToSingleArray(), ScoreTolerance);
        }
    }

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Step_FirstThreeTokens_LogitsAreTheReferences(string family)
    {
        const int steps = 3;
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        using var model = ParityCase.Load(family);
        var recorded = ParityCase.Read(family, "full");
        using var expected = recorded.Tensors();
        var input = Input(model, family);
        var next = input.Positions?.Next ?? (int)input.Embeddings.shape[0];
        using var cache = KvCache.Allocate(
            model.Language.Shape, input.Plan, (int)input.Embeddings.shape[0] + steps, ScalarType.Float32, torch.CPU);

        using var prefill = new PrefillRunner(model.Language).Run(input, cache, CancellationToken.None);
        AssertClose(expected, "step_logits", 0, prefill.Logits.ToSingleArray(), LogitTolerance);
        for (var step = 1; step < steps; step++)
        {
            var logits = new DecodeRunner(model.Language).Step(
                recorded.Greedy[step - 1], next + step - 1, PositionMode.Keep, cache, CancellationToken.None);
            AssertClose(expected, "step_logits", step, logits.ToSingleArray(), LogitTolerance);
        }
    }

    /// <summary>24 tokens are recorded; those after them are checked against one pass over prompt and answer, without any cache.</summary>
    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Step_ThirtyTwoTokens_AreTheReferencesAndThoseOfOnePassOverAll(string family)
    {
        const int steps = 32;
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        using var model = ParityCase.Load(family);
        var recorded = ParityCase.Read(family, "full");
        var input = Input(model, family);
        var next = input.Positions?.Next ?? (int)input.Embeddings.shape[0];
        using var cache = KvCache.Allocate(
            model.Language.Shape, input.Plan, (int)input.Embeddings.shape[0] + steps, ScalarType.Float32, torch.CPU);
        using var prefill = new PrefillRunner(model.Language).Run(input, cache, CancellationToken.None);
        var tokens = new List<int> { Largest(prefill.Logits.ToSingleArray()) };
        while (tokens.Count < steps)
        {
            var logits = new DecodeRunner(model.Language).Step(tokens[^1], next + tokens.Count - 1, PositionMode.Keep, cache, CancellationToken.None);
            tokens.Add(Largest(logits.ToSingleArray()));
        }

        var inputs = ParityCase.Inputs(family);
        var whole = ModelForward.Run(model, inputs with { InputIds = [.. inputs.InputIds, .. tokens[..^1]] }, input.Plan, CancellationToken.None);

        Assert.Equal(recorded.Greedy.AsEnumerable(), tokens.Take(recorded.Greedy.Length));
        Assert.Equal(tokens, Enumerable.Range(whole.Rows - steps, steps).Select(row => Largest(whole.Logits.AsSpan(row * whole.Vocabulary, whole.Vocabulary))));
    }

    private static int Largest(ReadOnlySpan<float> logits)
    {
        var largest = 0;
        for (var id = 1; id < logits.Length; id++)
        {
            largest = logits[id] > logits[largest] ? id : largest;
        }

        return largest;
    }

    private static PrefillInput Input(LoadedModel model, string family)
    {
        var inputs = ParityCase.Inputs(family);
        var prompt = inputs.PromptFor(model);
        var features = torch.cat([.. inputs.Images.Select(image => model.Vision!.Encode(PixelTensor.Of(image, model.Language), CancellationToken.None))]);
        var embeddings = PromptEmbedder.Embed(model.Language, prompt.InputIds, prompt.FeatureSpans, features);
        var plan = KeepPlan.Full(family, "revision", model.Language.Shape.Layers, prompt.VisionTokens);
        return new PrefillInput(embeddings, prompt.VisionSpans, plan) { Positions = prompt.Positions };
    }

    private void AssertClose(SafetensorsFile expected, string name, int row, float[] actual, double tolerance)
    {
        var values = expected.Tensors[name].As<float>().Slice(row * actual.Length, actual.Length);
        var worst = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(values[i] - actual[i]));
        }

        _output.WriteLine($"{name}[{row}]: largest difference {worst:E1}");
        Assert.True(worst <= tolerance, $"{name}: largest difference {worst}.");
    }
}
