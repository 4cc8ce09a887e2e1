using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Makes the whole image as one square and its tiles on the best canvas, as LLaVA-NeXT does; safe for several threads.</summary>
internal sealed class AnyResolutionProcessor
{
    private const int Channels = RgbPixels.Channels;

    private readonly AnyResolutionOptions _options;
    private readonly PixelNormalizer _normalizer;

    /// <summary>Prepares the table of values.</summary>
    public AnyResolutionProcessor(AnyResolutionOptions options)
    {
        _options = options;
        _normalizer = new PixelNormalizer(options.Normalization);
    }

    /// <summary>The pixel values of whole image and tiles, [1 + tiles, 3, size, size] row-major, with the original size.</summary>
    public PixelValues Process(RgbPixels image)
    {
        var original = new ImageSize(image.Width, image.Height);
        var tiles = Cut(image, AnyResolution.Best(original, _options.Canvases));
        var length = Channels * _options.Size * _options.Size;
        var values = new float[tiles.Count * length];
        for (var tile = 0; tile < tiles.Count; tile++)
        {
            _normalizer.Write(tiles[tile], values.AsSpan(tile * length, length));
        }

        return new PixelValues([tiles.Count, Channels, _options.Size, _options.Size], values) { OriginalSize = original };
    }

    private List<RgbPixels> Cut(RgbPixels image, ImageSize canvas)
    {
        var tiles = new List<RgbPixels> { PixelResizer.Resize(image, _options.Size, _options.Size, _options.Filter) };
        var size = AnyResolution.Fit(new ImageSize(image.Width, image.Height), canvas);
        var fitted = PixelResizer.Resize(image, size.Width, size.Height, _options.Filter);
        var (left, top) = ((canvas.Width - size.Width) / 2, (canvas.Height - size.Height) / 2);
        for (var row = 0; row < canvas.Height; row += _options.Size)
        {
            for (var column = 0; column < canvas.Width; column += _options.Size)
            {
                tiles.Add(Window(fitted, column - left, row - top));
            }
        }

        return tiles;
    }

    /// <summary>A square of the canvas; what the image does not cover is black.</summary>
    private RgbPixels Window(RgbPixels image, int left, int top)
    {
        var side = _options.Size;
        var output = new byte[side * side * Channels];
        var (first, last) = (Math.Max(left, 0), Math.Min(left + side, image.Width));
        for (var row = Math.Max(top, 0); first < last && row < Math.Min(top + side, image.Height); row++)
        {
            image.Data
                .AsSpan(((row * image.Width) + first) * Channels, (last - first) * Channels)
                .CopyTo(output.AsSpan((((row - top) * side) + first - left) * Channels));
        }

        return new RgbPixels(side, side, output);
    }
}
