using Fovea.Torch.Images;

namespace Fovea.Torch.Tests.Images;

public sealed class ImageCodecTests
{
    [Theory]
    [InlineData("alpha.png")]
    [InlineData("gray.png")]
    [InlineData("noise.png")]
    [InlineData("palette.png")]
    [InlineData("tall.png")]
    [InlineData("tiny.png")]
    [InlineData("wide.png")]
    [InlineData("lossless.webp")]
    [InlineData("pillow/rgb16.png")]
    [InlineData("pillow/rgba16.png")]
    [InlineData("pillow/gray16.png")]
    [InlineData("pillow/gray-alpha16.png")]
    [InlineData("pillow/gray-alpha.png")]
    [InlineData("pillow/bilevel.png")]
    [InlineData("pillow/palette-transparent.png")]
    [InlineData("pillow/alpha.webp")]
    [InlineData("pillow/animated.webp")]
    [InlineData("pillow/orientation-1.webp")]
    [InlineData("pillow/orientation-2.webp")]
    [InlineData("pillow/orientation-3.webp")]
    [InlineData("pillow/orientation-4.webp")]
    [InlineData("pillow/orientation-5.webp")]
    [InlineData("pillow/orientation-6.webp")]
    [InlineData("pillow/orientation-7.webp")]
    [InlineData("pillow/orientation-8.webp")]
    public void Decode_LosslessFile_EqualsReference(string name)
    {
        var (height, width, expected) = ImageFixtures.Expected(name);

        var image = ImageCodec.Decode(ImageFixtures.Bytes(name), ImageLimits.Default);

        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.True(expected.AsSpan().SequenceEqual(image.Pixels), $"largest difference {LargestDifference(expected, image.Pixels)}");
    }

    [Theory]
    [InlineData("cmyk.jpg")]
    [InlineData("gray.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("rotated.jpg")]
    [InlineData("lossy.webp")]
    [InlineData("pillow/adobe.jpg")]
    [InlineData("pillow/orientation-1.jpg")]
    [InlineData("pillow/orientation-2.jpg")]
    [InlineData("pillow/orientation-3.jpg")]
    [InlineData("pillow/orientation-4.jpg")]
    [InlineData("pillow/orientation-5.jpg")]
    [InlineData("pillow/orientation-6.jpg")]
    [InlineData("pillow/orientation-7.jpg")]
    [InlineData("pillow/orientation-8.jpg")]
    public void Decode_LossyFile_IsWithinOneOnAverage(string name)
    {
        var (height, width, expected) = ImageFixtures.Expected(name);

        var image = ImageCodec.Decode(ImageFixtures.Bytes(name), ImageLimits.Default);

        Assert.Equal((width, height), (image.Width, image.Height));
        var mean = expected.Zip(image.Pixels, (left, right) => Math.Abs(left - right)).Average();
        Assert.True(mean <= 1, $"mean difference {mean}, largest {LargestDifference(expected, image.Pixels)}");
    }

    [Theory]
    [InlineData("alpha.png", ImageFormat.Png, 180, 180, 4, 1, 1)]
    [InlineData("rotated.jpg", ImageFormat.Jpeg, 160, 240, 3, 1, 6)]
    [InlineData("cmyk.jpg", ImageFormat.Jpeg, 333, 111, 4, 1, 1)]
    [InlineData("lossy.webp", ImageFormat.Webp, 300, 200, 3, 1, 1)]
    [InlineData("pillow/animated.webp", ImageFormat.Webp, 24, 16, 3, 3, 1)]
    public void Probe_KnownFile_TellsHeader(
        string name, ImageFormat format, int width, int height, int bands, int pages, int orientation)
    {
        var header = ImageCodec.Probe(ImageFixtures.Bytes(name));

        Assert.Equal(new ImageHeader(format, width, height, bands, pages, orientation), header);
    }

    [Fact]
    public void EncodePng_DecodedAgain_IsUnchanged()
    {
        var samples = new byte[7 * 5 * 3];
        new Random(1).NextBytes(samples);
        var image = new RgbImage(7, 5, samples);

        var back = ImageCodec.Decode(ImageCodec.EncodePng(image), ImageLimits.Default);

        Assert.Equal(samples, back.Pixels);
    }

    private static int LargestDifference(byte[] left, byte[] right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max();
}
