using Fovea.Cli.Generation;
using Fovea.Torch.Images;

namespace Fovea.Cli.Tests.Generation;

public sealed class HeatmapTests
{
    private const int Layers = 4;

    [Fact]
    public void Draw_FourCells_ColoursEachByItsDepth()
    {
        var image = new RgbImage(512, 512, new byte[512 * 512 * 3]);

        var drawn = Heatmap.Draw(image, [0, 4, 2, 1], Layers);

        Assert.Equal((512, 533), (drawn.Width, drawn.Height));
        Assert.Equal(Blended(0), At(drawn, 10, 10));
        Assert.Equal(Blended(4), At(drawn, 500, 10));
        Assert.Equal(Blended(2), At(drawn, 10, 500));
        Assert.Equal(Blended(1), At(drawn, 500, 500));
    }

    [Fact]
    public void Draw_WideImage_ShowsTheCentreSquare()
    {
        var pixels = new byte[1024 * 512 * 3];
        Array.Fill(pixels, byte.MaxValue, (((256 * 1024) + 512) * 3) - 3, 6); // white pixels in the centre

        var drawn = Heatmap.Draw(new RgbImage(1024, 512, pixels), [4], Layers);

        Assert.Equal(512, drawn.Width);
        Assert.True(At(drawn, 256, 256).Red > At(drawn, 100, 100).Red);
    }

    [Fact]
    public void Draw_SmallImage_IsEnlarged()
    {
        var drawn = Heatmap.Draw(new RgbImage(100, 100, new byte[30000]), [4], Layers);

        Assert.Equal(600, drawn.Width);
    }

    private static (byte Red, byte Green, byte Blue) Blended(int depth)
    {
        var (red, green, blue) = Heatmap.ColorOf(depth, Layers);
        return (Half(red), Half(green), Half(blue));

        static byte Half(double channel) => (byte)Math.Round(channel * 0.55);
    }

    private static (byte Red, byte Green, byte Blue) At(RgbImage image, int x, int y)
    {
        var index = ((y * image.Width) + x) * 3;
        return (image.Pixels[index], image.Pixels[index + 1], image.Pixels[index + 2]);
    }
}
