using Fovea.Torch.Images;
using Fovea.Torch.Interop;

namespace Fovea.Torch.Tests.Images;

public sealed class ImageCodecRefusalTests
{
    [Fact]
    public void Decode_NoBytes_IsEmpty() => Assert.Equal(ImageErrorKind.Empty, Refusal([]).Kind);

    [Theory]
    [InlineData("GIF89a\u0001\0\u0001\0")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")]
    [InlineData("%PDF-1.4")]
    [InlineData("x")]
    public void Decode_OtherFormat_IsUnknownFormat(string text)
        => Assert.Equal(ImageErrorKind.UnknownFormat, Refusal(System.Text.Encoding.Latin1.GetBytes(text)).Kind);

    [Fact]
    public void Decode_MoreBytesThanAllowed_NamesBoth()
    {
        var bytes = ImageFixtures.Bytes("wide.png");

        var refusal = Refusal(bytes, new ImageLimits(1000, 1_000_000));

        Assert.Equal(ImageErrorKind.TooManyBytes, refusal.Kind);
        Assert.Contains(bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_OnePixelTooMany_IsRefused()
    {
        var bytes = ImageFixtures.Bytes("wide.png");

        Assert.Equal(ImageErrorKind.TooManyPixels, Refusal(bytes, new ImageLimits(1 << 20, (420 * 180) - 1)).Kind);
        Assert.Equal(420, ImageCodec.Decode(bytes, new ImageLimits(1 << 20, 420 * 180)).Width);
    }

    [Fact]
    public void Decode_HeaderClaimsHugePicture_IsRefusedWithoutAllocation()
    {
        var bytes = ImageFixtures.Bytes("pillow/claims-60000.png");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Refusal(bytes, ImageLimits.Default);

        Assert.Equal(ImageErrorKind.TooManyPixels, refusal.Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("noise.png")]
    [InlineData("palette.png")]
    [InlineData("gray.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    public void Decode_TruncatedAnywhere_IsCorrupt(string name)
    {
        var bytes = ImageFixtures.Bytes(name);
        int[] shares = [5, 20, 50, 80, 95];

        foreach (var share in shares)
        {
            var cut = bytes[..Math.Max(16, bytes.Length * share / 100)];
            Assert.Equal(ImageErrorKind.Corrupt, Refusal(cut).Kind);
        }
    }

    [Fact]
    public void Decode_FlippedBitsInPngData_IsCorrupt()
    {
        var bytes = ImageFixtures.Bytes("noise.png");
        bytes[bytes.Length / 2] ^= 0x5A;

        Assert.Equal(ImageErrorKind.Corrupt, Refusal(bytes).Kind);
    }

    [Fact]
    public void Decode_RandomlyDamagedFiles_NeverFailsOtherwise()
    {
        var random = new Random(7);
        string[] names = ["noise.png", "gray.jpg", "lossless.webp", "lossy.webp", "tiny.png", "rotated.jpg"];

        for (var round = 0; round < 300; round++)
        {
            var bytes = ImageFixtures.Bytes(names[round % names.Length]);
            for (var i = 0; i < 8; i++)
            {
                bytes[random.Next(12, bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                var image = ImageCodec.Decode(bytes, ImageLimits.Default);
                Assert.Equal(image.Width * image.Height * 3, image.Pixels.Length);
            }
            catch (ImageException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    [Fact]
    public void Decode_RepeatedFromManyThreads_KeepsNoMemory()
    {
        var bytes = ImageFixtures.Bytes("rotated.jpg");
        var expected = ImageCodec.Decode(bytes, ImageLimits.Default).Pixels;

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
            Assert.True(expected.AsSpan().SequenceEqual(ImageCodec.Decode(bytes, ImageLimits.Default).Pixels)));
        var before = NativeImages.fi_tracked_bytes();
        for (var i = 0; i < 50; i++)
        {
            ImageCodec.Decode(bytes, ImageLimits.Default);
        }

        // A thread of libvips may give its last buffer back a moment after the call; a leak would be of all 50.
        Assert.InRange(NativeImages.fi_tracked_bytes(), 0, before + (4L * expected.Length));
    }

    private static ImageException Refusal(byte[] bytes, ImageLimits? limits = null)
        => Assert.Throws<ImageException>(() => ImageCodec.Decode(bytes, limits ?? ImageLimits.Default));
}
