using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Cuts images into tiles and a thumbnail, as InternVL does; safe for several threads.</summary>
internal sealed class TileImageProcessor
{
    private readonly PixelNormalizer _normalizer;

    /// <summary>Prepares the table of values.</summary>
    public TileImageProcessor(TileOptions options)
    {
        Options = options;
        _normalizer = new PixelNormalizer(options.Normalization);
    }

    /// <summary>How images are cut.</summary>
    public TileOptions Options { get; }

    /// <summary>The pixel values of the tiles, [tiles, 3, size, size] row-major.</summary>
    public PixelValues Process(RgbPixels image)
    {
        var tiles = Cut(image);
        var length = RgbPixels.Channels * Options.Size * Options.Size;
        var values = new float[tiles.Count * length];
        for (var tile = 0; tile < tiles.Count; tile++)
        {
            _normalizer.Write(tiles[tile], values.AsSpan(tile * length, length));
        }

        return new PixelValues([tiles.Count, RgbPixels.Channels, Options.Size, Options.Size], values);
    }

    /// <summary>The tiles row by row, the thumbnail last.</summary>
    public IReadOnlyList<RgbPixels> Cut(RgbPixels image)
    {
        var (columns, rows) = Options.GridOf(new ImageSize(image.Width, image.Height));
        var tiles = new List<RgbPixels>();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                tiles.Add(PixelResizer.Resize(image, Window(columns, column), Window(rows, row), Options.Filter));
            }
        }

        if (Options.Thumbnail && tiles.Count > 1)
        {
            tiles.Add(PixelResizer.Resize(image, Options.Size, Options.Size, Options.Filter));
        }

        return tiles;
    }

    private AxisWindow Window(int tiles, int index) => new(tiles * Options.Size, index * Options.Size, Options.Size);
}
