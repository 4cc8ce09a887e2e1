using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Torch.Images;

namespace Fovea.Cli.Generation;

/// <summary>Writes the heatmap of an answer as PNG.</summary>
internal static class HeatmapFile
{
    private static readonly ImageLimits Limits = new(64 << 20, 64 << 20);

    /// <summary>Draws the survival depths of the answer's vision tokens over the image.</summary>
    /// <exception cref="CliException">The vision tokens are no square grid, so it is not known where they lie.</exception>
    public static async Task WriteAsync(string path, string imagePath, Done done, CancellationToken cancellationToken)
    {
        // Nothing is dropped before layer 0, so what enters it is all there is: averages of squares where the plan pools.
        var tokens = done.AppliedCounts.Count > 0 ? done.AppliedCounts[0] : 0;
        var side = (int)Math.Round(Math.Sqrt(tokens));
        if (side == 0 || side * side != tokens)
        {
            throw new CliException(ExitCodes.Failed, $"--heatmap: the {tokens} vision tokens of layer 0 are no square grid; only such can be drawn");
        }

        var image = ImageCodec.Decode(await File.ReadAllBytesAsync(imagePath, cancellationToken), Limits);
        var depths = SurvivalDepth.Of(tokens, done.AppliedCounts.Count, done.Kept);
        var drawn = Heatmap.Draw(image, depths, done.AppliedCounts.Count);
        await File.WriteAllBytesAsync(path, ImageCodec.EncodePng(drawn), cancellationToken);
    }
}
