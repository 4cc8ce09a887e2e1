using Fovea.Torch.Images;

namespace Fovea.Torch.Tests.Images;

public sealed class SvgRendererTests
{
    private const string Red = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\"><rect width=\"4\" height=\"4\" fill=\"#FF0000\"/></svg>";

    [Fact]
    public void ToPng_Drawing_IsScaledOnWhite()
    {
        var image = ImageCodec.Decode(SvgRenderer.ToPng(Red, 2), ImageLimits.Default);

        Assert.Equal((16, 8), (image.Width, image.Height));
        Assert.Equal([255, 0, 0], image.Pixels[..3]);
        Assert.Equal([255, 255, 255], image.Pixels[^3..]);
    }

    [Fact]
    public void ToPng_NoSvg_IsCorrupt() =>
        Assert.Equal(ImageErrorKind.Corrupt, Assert.Throws<ImageException>(() => SvgRenderer.ToPng("<svg")).Kind);

    [Fact]
    public void ToPng_HugeDrawing_IsRefusedBeforeItIsDrawn()
    {
        const string Huge = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30000\" height=\"30000\"/>";

        Assert.Equal(ImageErrorKind.TooManyPixels, Assert.Throws<ImageException>(() => SvgRenderer.ToPng(Huge)).Kind);
    }

    [Fact]
    public void Decode_AfterADrawing_StillRefusesSvg()
    {
        SvgRenderer.ToPng(Red);

        var refusal = Assert.Throws<ImageException>(() => ImageCodec.Decode(System.Text.Encoding.UTF8.GetBytes(Red), ImageLimits.Default));

        Assert.Equal(ImageErrorKind.UnknownFormat, refusal.Kind);
    }
}
