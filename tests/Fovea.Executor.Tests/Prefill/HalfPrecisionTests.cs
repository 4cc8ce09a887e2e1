using System.Runtime.InteropServices;
using Fovea.Benchmarks.Checkpoints;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;
using Xunit.Abstractions;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>Every family in bf16 against the same weights in fp32.</summary>
[Collection(nameof(TensorCollection))]
public sealed class HalfPrecisionTests
{
    private const double Tolerance = 2e-2;

    // The recorded checkpoints are 64 channels wide with large weights: rounding the weights alone changes their logits by some percent.
    private const double MostOfRounding = 3;

    private readonly ITestOutputHelper _output;

    public HalfPrecisionTests(ITestOutputHelper output) => _output = output;

    /// <summary>Shapes wide enough that roundings cancel as they do in published checkpoints.</summary>
    public static TheoryData<string> Shapes() =>
        ["internvl-qwen2-small", "internvl-internlm2-small", "internvl-phi3-small", "qwen2-vl-small", "llava-small", "llava-next-small"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_Bf16OfWideShapes_LogitsAreWithinTwoPercentOfFp32(string shape)
    {
        var preset = ShapePresets.Of(shape);
        using var folder = new TemporaryFolder();
        ShapeTrueCheckpoint.Write(preset, Fixtures.Path(), folder.Root);
        var inputs = ParityCase.Inputs(preset.Fixture);

        var error = Distance(Run(folder.Root, ScalarType.Float32, inputs), Run(folder.Root, ScalarType.BFloat16, inputs));

        _output.WriteLine($"{shape}: {error:E2}");
        Assert.True(error is > 0 and <= Tolerance, $"{shape}: {error}");
    }

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Run_Bf16OfRecordedCheckpoints_AddsLittleToWhatRoundedWeightsCost(string family)
    {
        using var folder = Rounded(family);
        var inputs = ParityCase.Inputs(family);
        var reference = Run(Fixtures.Path(family), ScalarType.Float32, inputs);
        var rounded = Run(folder.Root, ScalarType.Float32, inputs);

        var error = Distance(reference, Run(folder.Root, ScalarType.BFloat16, inputs));
        var unavoidable = Distance(reference, rounded);

        _output.WriteLine($"{family}: {error:E2}, of which rounded weights {unavoidable:E2}");
        Assert.True(error is > 0 && error <= Math.Max(Tolerance, MostOfRounding * unavoidable), $"{family}: {error} for {unavoidable}");
    }

    private static double Distance(float[] expected, float[] actual) =>
        Norm(expected.Zip(actual, (left, right) => left - right)) / Norm(expected);

    private static double Norm(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private static float[] Run(string folder, ScalarType dtype, ForwardInputs inputs)
    {
        using var model = ModelLoader.Load(new ModelSource(folder, "family", dtype, torch.CPU));
        var plan = KeepPlan.Full("family", model.Profile.Revision, model.Language.Shape.Layers, inputs.PromptFor(model).VisionTokens);
        return ModelForward.Run(model, inputs, plan, CancellationToken.None).Logits;
    }

    /// <summary>The checkpoint with every weight rounded to bf16, as checkpoints are published.</summary>
    private static TemporaryFolder Rounded(string family)
    {
        var folder = TemporaryFolder.CopyOf(Fixtures.Path(family));
        foreach (var file in Directory.GetFiles(folder.Root).Where(file => file.Contains("safetensors", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        using var files = CheckpointFiles.Open(Fixtures.Path(family));
        SafetensorsWriter.Write(folder.PathOf("model.safetensors"), [.. files.Tensors.Values.Select(Round)]);
        return folder;
    }

    private static SafetensorsTensor Round(TensorEntry tensor)
    {
        if (tensor.DType != TensorDType.F32)
        {
            return new SafetensorsTensor(tensor.Name, tensor.DType, tensor.Shape, tensor.Bytes.ToArray());
        }

        var data = new byte[tensor.ByteCount / 2];
        var rounded = MemoryMarshal.Cast<byte, ushort>(data.AsSpan());
        var values = tensor.As<float>();
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            rounded[i] = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }

        return new SafetensorsTensor(tensor.Name, TensorDType.BF16, tensor.Shape, data);
    }
}
