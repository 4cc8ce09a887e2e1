namespace Fovea.Executor.Vision;

/// <summary>A decoded image: red, green and blue bytes of each pixel, row by row from the top.</summary>
internal sealed record RgbPixels
{
    /// <summary>Bytes of one pixel.</summary>
    public const int Channels = 3;

    /// <summary>Takes an image over; throws when the data does not fit the size.</summary>
    public RgbPixels(int width, int height, byte[] data)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (data.LongLength != (long)width * height * Channels)
        {
            throw new ArgumentException(
                $"An image of {width} x {height} pixels needs {(long)width * height * Channels} bytes and has {data.LongLength}", nameof(data));
        }

        Width = width;
        Height = height;
        Data = data;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Width × height × 3 bytes, interleaved.</summary>
    public byte[] Data { get; }
}
