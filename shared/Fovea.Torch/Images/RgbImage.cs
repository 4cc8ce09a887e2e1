namespace Fovea.Torch.Images;

/// <summary>Holds a picture as interleaved 8-bit RGB, rows from the top.</summary>
public sealed class RgbImage
{
    /// <summary>Takes over pixels.</summary>
    /// <exception cref="ArgumentException">The pixels are not width * height * 3 bytes.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(pixels);
        var expected = (long)width * height * 3;
        if (pixels.LongLength != expected)
        {
            throw new ArgumentException($"A {width} x {height} picture has {expected} bytes, not {pixels.LongLength}.", nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Gets the pixels across.</summary>
    public int Width { get; }

    /// <summary>Gets the pixels down.</summary>
    public int Height { get; }

    /// <summary>Gets the samples: [Height, Width, 3].</summary>
    public byte[] Pixels { get; }
}
