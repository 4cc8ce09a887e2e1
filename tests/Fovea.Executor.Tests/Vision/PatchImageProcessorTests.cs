using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;
using Fovea.Torch.Images;

namespace Fovea.Executor.Tests.Vision;

public sealed class PatchImageProcessorTests
{
    private const string Table = "qwen2-vl-168.float16.safetensors";

    /// <summary>One level of 255, by the largest of the three deviations, and half a unit of fp16 at the largest value.</summary>
    private const double OneLevel = (1 / (255 * 0.26130258)) + 1e-3;

    private static readonly PatchOptions Options = new(14, 2, 2) { MinPixels = 56 * 56, MaxPixels = 168 * 168 };

    public static TheoryData<string> Names() => ReferencePixels.NamesIn(Table);

    [Theory]
    [MemberData(nameof(Names))]
    public void Process_DecodedImage_IsWithinRoundingOfTheReference(string name)
    {
        var output = new PatchImageProcessor(Options).Process(ReferencePixels.Decoded(name));

        var expected = Expected(name, output);
        Assert.True(Worst(expected, output) < 2e-3, $"{name}: {Worst(expected, output)}");
    }

    [Fact]
    public void Process_JpegFile_IsWithinOneLevelOnAverage()
    {
        var image = ImageCodec.Decode(File.ReadAllBytes(FixtureFiles.PathOf("images", "boat.jpg")), ImageLimits.Default);

        var output = new PatchImageProcessor(Options).Process(new RgbPixels(image.Width, image.Height, image.Pixels));

        var expected = Expected("boat.jpg", output);
        var mean = expected.Zip(output.Values, (one, other) => Math.Abs(one - other)).Average();
        Assert.True(mean < OneLevel, $"{mean}");
    }

    [Fact]
    public void Process_TwoByFourPatches_GoSquareBySquareAndRepeatTheFrame()
    {
        var options = new PatchOptions(1, 2, 2) { MinPixels = 1, MaxPixels = 8, Normalization = ReferencePixels.Bytes };
        var pixels = Enumerable.Range(0, 8).SelectMany(pixel => new[] { (byte)pixel, (byte)(pixel + 10), (byte)(pixel + 20) }).ToArray();

        var output = new PatchImageProcessor(options).Process(new RgbPixels(4, 2, pixels));

        Assert.Equal(new PatchGrid(1, 2, 4), output.Grid);
        Assert.Equal([0f, 1, 4, 5, 2, 3, 6, 7], output.Values.Chunk(6).Select(patch => patch[0]));
        Assert.Equal([6f, 6, 16, 16, 26, 26], output.Values[36..42]);
    }

    private static float[] Expected(string name, PixelValues output)
    {
        using var file = SafetensorsFile.Open(FixtureFiles.PathOf("images", Table));
        Assert.Equal(file.Tensors[name].Shape, output.Shape.AsEnumerable());
        return [.. file.Tensors[name].As<Half>().ToArray().Select(value => (float)value)];
    }

    private static double Worst(float[] expected, PixelValues output) =>
        expected.Zip(output.Values, (one, other) => (double)Math.Abs(one - other)).Max();
}
