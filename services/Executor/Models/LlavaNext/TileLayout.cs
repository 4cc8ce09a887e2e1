using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.LlavaNext;

/// <summary>How the features of an image's tiles lie together: a grid of tiles, and the part of it that the image covers.</summary>
/// <remarks>
/// Example, tiles of 8 x 8 patches, 3 tiles side by side, an image of 420 x 180: the grid has 8 rows and 24 columns; the image, made to
/// fit in height, covers 18.67 columns, so 3 are cut at each side and 18 stay. The image becomes 64 vision tokens of the whole picture,
/// then 8 rows of 18 vision tokens and a line end each: 216 places, of which 208 are vision tokens.
/// </remarks>
/// <param name="TileRows">Rows of tiles.</param>
/// <param name="TileColumns">Columns of tiles.</param>
/// <param name="Top">First row of patches that stays.</param>
/// <param name="Rows">Rows of patches that stay.</param>
/// <param name="Left">First column of patches that stays.</param>
/// <param name="Columns">Columns of patches that stay.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TileLayout(int TileRows, int TileColumns, int Top, int Rows, int Left, int Columns)
{
    /// <summary>Tiles, the whole picture not counted.</summary>
    public int Tiles => TileRows * TileColumns;

    /// <summary>Lays out an image.</summary>
    /// <param name="image">Its original size.</param>
    /// <param name="canvas">Its canvas.</param>
    /// <param name="tile">Side of a tile, in pixels.</param>
    /// <param name="side">Patches along one side of a tile.</param>
    public static TileLayout Of(ImageSize image, ImageSize canvas, int tile, int side)
    {
        var (tileRows, tileColumns) = (canvas.Height / tile, canvas.Width / tile);
        var (rows, columns) = (tileRows * side, tileColumns * side);
        if ((double)image.Width / image.Height > (double)columns / rows)
        {
            var covered = Covered(image.Height, (double)columns / image.Width);
            var cut = (rows - covered) / 2;
            return new TileLayout(tileRows, tileColumns, cut, rows - (2 * cut), 0, columns);
        }
        else
        {
            var covered = Covered(image.Width, (double)rows / image.Height);
            var cut = (columns - covered) / 2;
            return new TileLayout(tileRows, tileColumns, 0, rows, cut, columns - (2 * cut));
        }
    }

    /// <summary>What the image becomes in the prompt: the whole picture, then rows with a line end each.</summary>
    /// <param name="whole">Vision tokens of the whole picture.</param>
    public ImageTokens Tokens(int whole)
    {
        var runs = ImmutableArray.CreateBuilder<VisionSpan>(Rows + 1);
        runs.Add(new VisionSpan(0, whole));
        for (var row = 0; row < Rows; row++)
        {
            runs.Add(new VisionSpan(whole + (row * (Columns + 1)), Columns));
        }

        return new ImageTokens(whole + (Rows * (Columns + 1)))
        {
            Runs = runs.MoveToImmutable(),
            Grids = [PatchGrid.Square(whole), new PatchGrid(1, Rows, Columns)],
        };
    }

    // The reference rounds to 7 decimals first, so that 17.9999999 patches count as 18.
    private static int Covered(int pixels, double patchesPerPixel) => (int)Math.Round(pixels * patchesPerPixel, 7);
}
