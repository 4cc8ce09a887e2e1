using Fovea.Cli.Charts;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Torch.Images;

namespace Fovea.Cli.Tests.Charts;

public sealed class FigureFileTests
{
    [Fact]
    public async Task WriteAsync_Png_DecodesAtTwiceTheSize()
    {
        using var folder = new TempFolder();
        var (svg, png) = (folder.At("new/a.svg"), folder.At("new/a.png"));

        await FigureFile.WriteAsync(FigureSvgTests.Example, svg, CancellationToken.None);
        await FigureFile.WriteAsync(FigureSvgTests.Example, png, CancellationToken.None);

        var root = System.Xml.Linq.XDocument.Load(svg).Root!;
        var image = ImageCodec.Decode(await File.ReadAllBytesAsync(png), ImageLimits.Default);
        Assert.Equal(2 * (double)root.Attribute("width")!, image.Width, 2.0);
        Assert.Equal(2 * (double)root.Attribute("height")!, image.Height, 2.0);
        Assert.Equal((byte)255, image.Pixels[0]);
        Assert.Contains(image.Pixels, value => value == 0xB2); // the first series' blue
    }

    [Fact]
    public async Task WriteAsync_SameFigure_GivesTheSameBytes()
    {
        using var folder = new TempFolder();

        await FigureFile.WriteAsync(FigureSvgTests.Example, folder.At("a.png"), CancellationToken.None);
        await FigureFile.WriteAsync(FigureSvgTests.Example, folder.At("b.png"), CancellationToken.None);

        Assert.Equal(await File.ReadAllBytesAsync(folder.At("a.png")), await File.ReadAllBytesAsync(folder.At("b.png")));
    }

    [Fact]
    public async Task WriteAsync_OtherEnd_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<CliException>(() => FigureFile.WriteAsync(FigureSvgTests.Example, "a.gif", CancellationToken.None));

        Assert.Contains("a.gif", refusal.Faults[0], StringComparison.Ordinal);
    }
}
