using System.Collections.Immutable;
using Fovea.Cli.Shell;
using Fovea.Torch.Images;

namespace Fovea.Cli.Charts;

/// <summary>Writes figures to files; the name's end says the form.</summary>
internal static class FigureFile
{
    private const double PngScale = 2;

    /// <summary>Gets the ends of file names that are known.</summary>
    public static ImmutableArray<string> Extensions { get; } = [".svg", ".png"];

    /// <summary>Returns whether the end of a file name is known.</summary>
    public static bool IsKnown(string path) => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Draws a figure and writes it, making the folder where it is missing.</summary>
    /// <exception cref="CliException">The end of the name is not known.</exception>
    public static async Task WriteAsync(Figure figure, string path, CancellationToken cancellationToken)
    {
        if (!IsKnown(path))
        {
            throw new CliException(ExitCodes.Usage, $"{path}: drawings are written as {string.Join(" or ", Extensions)}");
        }

        var svg = FigureSvg.Render(figure);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            await File.WriteAllTextAsync(path, svg, cancellationToken);
        }
        else
        {
            await File.WriteAllBytesAsync(path, SvgRenderer.ToPng(svg, PngScale), cancellationToken);
        }
    }
}
