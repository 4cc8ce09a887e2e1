using System.Globalization;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Chooses the size that an image of native resolution is brought to: multiples of a factor, within a number of pixels.</summary>
internal static class SmartResize
{
    private const double MaxAspect = 200;

    /// <summary>The size nearest to the image's own whose sides are multiples of <paramref name="factor"/>.</summary>
    /// <remarks>
    /// Example, factor 28, at most 28,224 pixels: 640 x 480 would become 644 x 476 and is too large; shrunk by the square root of
    /// 307,200 / 28,224 it is 193.99 x 145.49, and rounded down to multiples 168 x 140.
    /// </remarks>
    /// <exception cref="ImageShapeException">One side is more than 200 times the other.</exception>
    public static ImageSize Of(ImageSize image, int factor, long minPixels, long maxPixels)
    {
        var (width, height) = ((double)image.Width, (double)image.Height);
        var aspect = Math.Max(width, height) / Math.Min(width, height);
        if (aspect > MaxAspect)
        {
            throw new ImageShapeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{image.Width} x {image.Height} pixels: absolute aspect ratio must be smaller than {MaxAspect}, got {aspect}{(double.IsInteger(aspect) ? ".0" : string.Empty)}"));
        }

        var rows = Math.Round(height / factor) * factor;
        var columns = Math.Round(width / factor) * factor;
        if (rows * columns > maxPixels)
        {
            var shrink = Math.Sqrt(height * width / maxPixels);
            rows = Math.Max(factor, Math.Floor(height / shrink / factor) * factor);
            columns = Math.Max(factor, Math.Floor(width / shrink / factor) * factor);
        }
        else if (rows * columns < minPixels)
        {
            var grow = Math.Sqrt(minPixels / (height * width));
            rows = Math.Ceiling(height * grow / factor) * factor;
            columns = Math.Ceiling(width * grow / factor) * factor;
        }

        return new ImageSize((int)columns, (int)rows);
    }
}
