using Fovea.Cli.Generation;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;
using Fovea.Torch.Images;

namespace Fovea.Cli.Tests.Generation;

public sealed class HeatmapFileTests
{
    [Fact]
    public async Task WriteAsync_PooledPlan_DrawsTheGridOfAverages()
    {
        using var folder = new TempFolder();
        var image = folder.At("black.png");
        await File.WriteAllBytesAsync(image, ImageCodec.EncodePng(new RgbImage(512, 512, new byte[512 * 512 * 3])));
        var done = new Done { Usage = new Usage { VisionTokens = 16 }, AppliedCounts = { 4, 1 }, Kept = { new KeptTokens { Layer = 1, Indices = { 3 } } } };

        await HeatmapFile.WriteAsync(folder.At("map.png"), image, done, CancellationToken.None);

        var drawn = ImageCodec.Decode(await File.ReadAllBytesAsync(folder.At("map.png")), ImageLimits.Default);
        Assert.Equal(At(drawn, 10, 10), At(drawn, 500, 10));
        Assert.NotEqual(At(drawn, 10, 10), At(drawn, 500, 500)); // only the last average enters layer 1
    }

    [Fact]
    public async Task WriteAsync_NoSquare_IsNamed()
    {
        var refusal = await Assert.ThrowsAsync<CliException>(() => HeatmapFile.WriteAsync("m.png", "a.png", new Done { AppliedCounts = { 15 } }, CancellationToken.None));

        Assert.Contains("15 vision tokens", refusal.Faults[0], StringComparison.Ordinal);
    }

    private static (byte Red, byte Green, byte Blue) At(RgbImage image, int x, int y)
    {
        var index = ((y * image.Width) + x) * 3;
        return (image.Pixels[index], image.Pixels[index + 1], image.Pixels[index + 2]);
    }
}
