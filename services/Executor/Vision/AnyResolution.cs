using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Chooses the canvas on which an image is laid before it is cut into tiles.</summary>
internal static class AnyResolution
{
    /// <summary>The canvas on which the image, made to fit, has most pixels of its own; among equals the one that wastes least.</summary>
    /// <remarks>
    /// Pixels of its own never count more than the image has, so a small image does not ask for a large canvas. Example, canvases 672 x
    /// 336 and 672 x 672: an image of 400 x 200 has 80,000 pixels on both and takes the first, which wastes 145,792 instead of 371,584.
    /// </remarks>
    /// <param name="image">Size of the image.</param>
    /// <param name="canvases">At least one.</param>
    public static ImageSize Best(ImageSize image, ImmutableArray<ImageSize> canvases)
    {
        var best = canvases[0];
        var (most, least) = (0L, long.MaxValue);
        foreach (var canvas in canvases)
        {
            var scale = Math.Min((double)canvas.Width / image.Width, (double)canvas.Height / image.Height);
            var fitted = (long)(int)(image.Width * scale) * (int)(image.Height * scale);
            var own = Math.Min(fitted, (long)image.Width * image.Height);
            var wasted = ((long)canvas.Width * canvas.Height) - own;
            if (own > most || (own == most && wasted < least))
            {
                (best, most, least) = (canvas, own, wasted);
            }
        }

        return best;
    }

    /// <summary>The largest size of the image's aspect ratio that fits on the canvas, the other side rounded up.</summary>
    public static ImageSize Fit(ImageSize image, ImageSize canvas)
    {
        var (across, down) = ((double)canvas.Width / image.Width, (double)canvas.Height / image.Height);
        return across < down
            ? new ImageSize(canvas.Width, Math.Min((int)Math.Ceiling(image.Height * across), canvas.Height))
            : new ImageSize(Math.Min((int)Math.Ceiling(image.Width * down), canvas.Width), canvas.Height);
    }
}
