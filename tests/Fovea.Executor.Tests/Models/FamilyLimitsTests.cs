using Fovea.Benchmarks.Checkpoints;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Fovea.Torch;
using Xunit.Abstractions;

namespace Fovea.Executor.Tests.Models;

/// <summary>Checkpoints of about 100 MB of every family and packing: loading takes their size and a tenth, and they answer.</summary>
[Collection(nameof(TensorCollection))]
public sealed class FamilyLimitsTests
{
    // Page tables, managed objects, and one tensor that is being converted.
    private const long Runtime = 32 << 20;

    private readonly ITestOutputHelper _output;

    public FamilyLimitsTests(ITestOutputHelper output) => _output = output;

    public static TheoryData<string> Shapes() =>
        ["internvl-qwen2-small", "internvl-internlm2-small", "internvl-phi3-small", "qwen2-vl-small", "llava-small", "llava-next-small"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Load_Bf16_HoldsNoMoreThanItsSizeAndATenth(string shape)
    {
        using var folder = new TemporaryFolder();
        var size = ShapeTrueCheckpoint.Write(ShapePresets.Of(shape), Fixtures.Path(), folder.Root);
        GC.Collect();
        var before = ResidentMemory.Now;
        ResidentMemory.Restart();

        using var model = ModelLoader.Load(new ModelSource(folder.Root, shape, ScalarType.BFloat16, torch.CPU));
        var peak = ResidentMemory.Peak - before;

        _output.WriteLine($"{shape}: {size >> 20} MiB, {peak >> 20} MiB more at the peak of loading");
        Assert.InRange(size, 80 << 20, 200 << 20);
        Assert.True(peak <= (size * 1.1) + Runtime, $"{peak >> 20} MiB for {size >> 20} MiB.");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Load_AsFp32_HoldsTheConvertedWeightsAlone(string shape)
    {
        using var folder = new TemporaryFolder();
        var size = ShapeTrueCheckpoint.Write(ShapePresets.Of(shape), Fixtures.Path(), folder.Root);
        GC.Collect();
        var before = ResidentMemory.Now;
        ResidentMemory.Restart();

        using var model = ModelLoader.Load(new ModelSource(folder.Root, shape, ScalarType.Float32, torch.CPU));
        var peak = ResidentMemory.Peak - before;

        // The largest tensor of these shapes is a seventh of the whole: it is there in both types for a moment.
        Assert.True(peak <= (2 * size * 1.1) + Runtime, $"{peak >> 20} MiB for {2 * size >> 20} MiB.");
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
}
