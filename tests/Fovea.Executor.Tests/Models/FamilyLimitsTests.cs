using Fovea.Benchmarks.Checkpoints;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Fovea.Executor.Tests.Prefill;
using Fovea.Planning.Plans;
using Fovea.Torch;
using Xunit.Abstractions;

namespace Fovea.Executor.Tests.Models;

/// <summary>Checkpoints of about 100 MB of every family and packing: they take their size and a tenth, and answer.</summary>
[Collection(nameof(TensorCollection))]
public sealed class FamilyLimitsTests
{
    // Activations, what the products pack for a moment, page tables and managed objects.
    private const long Runtime = 48 << 20;

    private readonly ITestOutputHelper _output;

    public FamilyLimitsTests(ITestOutputHelper output) => _output = output;

    public static TheoryData<string> Shapes() =>
        ["internvl-qwen2-small", "internvl-internlm2-small", "internvl-phi3-small", "qwen2-vl-small", "qwen2.5-vl-small", "llava-small", "llava-next-small"];

    /// <summary>In the files' own type weights stay mapped; converted ones take the mapped ones' place.</summary>
    public static TheoryData<string, ScalarType> Loads()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (var shape in Shapes())
        {
            data.Add((string)shape, ScalarType.BFloat16);
            data.Add((string)shape, ScalarType.Float32);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Loads))]
    public void Run_LoadedFromBf16_HoldsNoMoreThanTheModelAndATenth(string shape, ScalarType dtype)
    {
        var preset = ShapePresets.Of(shape);
        var inputs = ParityCase.Inputs(preset.Fixture);
        using var folder = new TemporaryFolder();
        var size = ShapeTrueCheckpoint.Write(preset, Fixtures.Path(), folder.Root) / 2 * dtype.SizeInBytes();
        Run(new ModelSource(Fixtures.Path(preset.Fixture), shape, dtype, torch.CPU), inputs); // loads libraries
        GC.Collect();
        var before = ResidentMemory.Now;
        ResidentMemory.Restart();

        Run(new ModelSource(folder.Root, shape, dtype, torch.CPU), inputs);
        var peak = ResidentMemory.Peak - before;

        _output.WriteLine($"{shape} {dtype}: {size >> 20} MiB, {peak >> 20} MiB more at the peak");
        Assert.InRange(size, 80 << 20, 400 << 20);
        Assert.True(peak <= (size * 1.1) + Runtime, $"{peak >> 20} MiB for {size >> 20} MiB.");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Generate_RandomWeights_AnswersWithTokensBeyondTheTokenizer(string shape)
    {
        using var folder = new TemporaryFolder();
        ShapeTrueCheckpoint.Write(ShapePresets.Of(shape), Fixtures.Path(), folder.Root);
        await using var executor = await FamilyExecutor.StartAsync(folder.Root, "bf16");

        var (tokens, done) = await executor.AnswerAsync(FamilyExecutor.Ask(4, "tall.png", "What is this?"));

        Assert.Equal(4, tokens.Count);
        Assert.Equal(4, done.Usage.CompletionTokens);
    }

    private static void Run(ModelSource source, ForwardInputs inputs)
    {
        using var model = ModelLoader.Load(source);
        var plan = KeepPlan.Full(source.Name, model.Profile.Revision, model.Language.Shape.Layers, inputs.PromptFor(model).VisionTokens);

        ModelForward.Run(model, inputs, plan, CancellationToken.None);
    }
}
