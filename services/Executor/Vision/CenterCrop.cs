namespace Fovea.Executor.Vision;

/// <summary>Cuts the middle out of an image; where the image is smaller, black is put around it, as the reference processor does.</summary>
internal static class CenterCrop
{
    private const int Channels = RgbPixels.Channels;

    /// <summary>The middle <paramref name="width"/> × <paramref name="height"/> pixels.</summary>
    public static RgbPixels Cut(RgbPixels image, int width, int height)
    {
        if (image.Width == width && image.Height == height)
        {
            return image;
        }

        var fits = image.Width >= width && image.Height >= height;
        var left = fits ? (image.Width - width) / 2 : PaddedOffset(image.Width, width);
        var top = fits ? (image.Height - height) / 2 : PaddedOffset(image.Height, height);
        var output = new byte[checked(width * height * Channels)];
        var first = Math.Max(left, 0);
        var last = Math.Min(left + width, image.Width);
        for (var row = Math.Max(top, 0); row < Math.Min(top + height, image.Height); row++)
        {
            image.Data
                .AsSpan(((row * image.Width) + first) * Channels, (last - first) * Channels)
                .CopyTo(output.AsSpan((((row - top) * width) + first - left) * Channels));
        }

        return new RgbPixels(width, height, output);
    }

    /// <summary>
    /// Where the cut begins, in the image's coordinates: floor((size - crop) / 2), shifted by the padding, less the padding.
    /// </summary>
    private static int PaddedOffset(int size, int crop)
    {
        var begin = (int)Math.Floor((size - crop) / 2.0);
        var padding = (int)Math.Ceiling((Math.Max(size, crop) - size) / 2.0);

        // The reference clamps the cut to the padded image after shifting it.
        return Math.Max(begin + padding, 0) - padding;
    }
}
