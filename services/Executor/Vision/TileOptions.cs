using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>How an image is cut into square tiles.</summary>
/// <param name="Size">Side of a tile, in pixels.</param>
/// <param name="MinTiles">Fewest tiles, at least 1.</param>
/// <param name="MaxTiles">Most tiles, the thumbnail not counted; 1 cuts nothing.</param>
internal sealed record TileOptions(int Size, int MinTiles, int MaxTiles)
{
    /// <summary>Whether the whole image is added as one more tile where there are several.</summary>
    public bool Thumbnail { get; init; } = true;

    /// <summary>Filter of the resize.</summary>
    public ResampleFilter Filter { get; init; } = ResampleFilter.Bicubic;

    /// <summary>How bytes become numbers.</summary>
    public Normalization Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>Columns and rows of tiles of an image: the grid of nearest aspect ratio.</summary>
    /// <remarks>
    /// Grids go by their number of tiles; among equally near ones a later, larger grid wins only where the image has more than half
    /// its pixels. Example, at most 12 tiles of 448: 800 x 400 is as near to 4 x 2 as to 2 x 1, but has fewer than half the pixels of
    /// 8 tiles, so it is cut into 2 x 1.
    /// </remarks>
    public (int Columns, int Rows) GridOf(ImageSize image)
    {
        var aspect = (double)image.Width / image.Height;
        var area = (double)image.Width * image.Height;
        var nearest = double.PositiveInfinity;
        var best = (Columns: 1, Rows: 1);
        foreach (var grid in Grids())
        {
            var distance = Math.Abs(aspect - ((double)grid.Columns / grid.Rows));
            if (distance < nearest || (distance == nearest && area > 0.5 * Size * Size * grid.Columns * grid.Rows))
            {
                nearest = distance;
                best = grid;
            }
        }

        return best;
    }

    /// <summary>Tiles of an image, the thumbnail included.</summary>
    public int TilesOf(ImageSize image)
    {
        var (columns, rows) = GridOf(image);
        var tiles = columns * rows;
        return Thumbnail && tiles > 1 ? tiles + 1 : tiles;
    }

    private IEnumerable<(int Columns, int Rows)> Grids() =>
        from columns in Enumerable.Range(1, MaxTiles)
        from rows in Enumerable.Range(1, MaxTiles / columns)
        where columns * rows >= MinTiles
        orderby columns * rows
        select (columns, rows);
}
