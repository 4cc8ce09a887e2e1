using System.Text;
using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

public sealed class ClipImageProcessorTests
{
    private const string Clip336 = """{"size":{"shortest_edge":336},"crop_size":{"height":336,"width":336},"resample":3}""";

    public static TheoryData<string> DecodedImages() => ReferencePixels.NamesIn("clip-336.uint8.safetensors");

    [Theory]
    [MemberData(nameof(DecodedImages))]
    public void ResizeAndCrop_DecodedImage_GivesTheReferenceBytes(string name)
    {
        var processor = new ClipImageProcessor(ClipImageOptionsReader.Parse(Encoding.UTF8.GetBytes(Clip336)));
        using var expectedFile = SafetensorsFile.Open(FixtureFiles.PathOf("images", "clip-336.uint8.safetensors"));

        var output = processor.ResizeAndCrop(ReferencePixels.Decoded(name));

        Assert.Equal((336, 336), (output.Width, output.Height));
        Assert.Equal(expectedFile.Tensors[name].Bytes.ToArray(), Planar(output));
    }

    [Fact]
    public void Process_WideImage_GivesTheReferenceNumbers()
    {
        var processor = new ClipImageProcessor(ClipImageOptionsReader.Parse(Encoding.UTF8.GetBytes(Clip336)));
        using var expectedFile = SafetensorsFile.Open(FixtureFiles.PathOf("images", "clip-336.float.safetensors"));
        var expected = expectedFile.Tensors["wide.png"].As<float>();

        var output = processor.Process(ReferencePixels.Decoded("wide.png"));

        Assert.Equal(expected.Length, output.Values.Length);
        for (var index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], output.Values[index], 1e-6f);
        }
    }

    [Theory]
    [InlineData(640, 480, 336, 448, 336)]
    [InlineData(480, 641, 336, 336, 448)]
    [InlineData(5, 3, 336, 560, 336)]
    [InlineData(100, 100, 224, 224, 224)]
    public void SizeFor_ShorterEdge_RoundsTheLongerDown(int width, int height, int edge, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), ClipImageProcessor.SizeFor(width, height, edge));

    [Fact]
    public void ResizeAndCrop_ThinStrip_CostsOnlyTheCrop()
    {
        var processor = new ClipImageProcessor(ClipImageOptionsReader.Parse(Encoding.UTF8.GetBytes(Clip336)));
        var strip = new RgbPixels(60000, 1, new byte[60000 * 3]);

        var output = processor.ResizeAndCrop(strip);

        Assert.Equal((336, 336), (output.Width, output.Height));
    }

    private static byte[] Planar(RgbPixels image)
    {
        var plane = image.Width * image.Height;
        var output = new byte[3 * plane];
        for (var index = 0; index < output.Length; index++)
        {
            output[index] = image.Data[(index % plane * 3) + (index / plane)];
        }

        return output;
    }
}
