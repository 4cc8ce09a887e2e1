using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Makes the pixel values that a CLIP tower reads: resize, middle cut, rescale, normalize; safe for several threads.</summary>
internal sealed class ClipImageProcessor
{
    private readonly ClipImageOptions _options;
    private readonly PixelNormalizer _normalizer;

    /// <summary>Prepares the table of values.</summary>
    public ClipImageProcessor(ClipImageOptions options)
    {
        _options = options;
        _normalizer = new PixelNormalizer(options.Normalization);
    }

    /// <summary>The pixel values of an image, [3, height, width] row-major.</summary>
    public PixelValues Process(RgbPixels image) => Normalize(ResizeAndCrop(image));

    /// <summary>The image after resize and cut, before its values are rescaled.</summary>
    public RgbPixels ResizeAndCrop(RgbPixels image)
    {
        var size = _options.ShortestEdge is { } edge ? SizeFor(image.Width, image.Height, edge) : _options.ExactSize;
        if (size is var (width, height))
        {
            var columns = _options.Crop is { } crop ? AxisWindow.Middle(width, crop.Width) : AxisWindow.All(width);
            var rows = _options.Crop is { } cut ? AxisWindow.Middle(height, cut.Height) : AxisWindow.All(height);
            image = PixelResizer.Resize(image, columns, rows, _options.Filter);
        }

        return _options.Crop is var (cropWidth, cropHeight) ? CenterCrop.Cut(image, cropWidth, cropHeight) : image;
    }

    /// <summary>The size with the shorter edge at <paramref name="edge"/>; the longer one is rounded down.</summary>
    public static (int Width, int Height) SizeFor(int width, int height, int edge)
    {
        var (shorter, longer) = width <= height ? (width, height) : (height, width);
        var scaled = (int)((double)((long)edge * longer) / shorter);
        return width <= height ? (edge, scaled) : (scaled, edge);
    }

    private PixelValues Normalize(RgbPixels image)
    {
        var values = new float[image.Data.Length];
        _normalizer.Write(image, values);
        return new PixelValues(image.Height, image.Width, values);
    }
}
