using System.Runtime.InteropServices;
using Fovea.Torch.Interop;

namespace Fovea.Torch.Images;

/// <summary>Reads PNG, JPEG and WebP bytes from strangers, and writes PNG; safe from any thread.</summary>
/// <remarks>
/// Pixels come out upright and as Pillow's <c>convert("RGB")</c> makes them: alpha is dropped, not composited; of an animation
/// the first frame is taken. Gray of 16 bits without alpha is clipped at 255, as Pillow does, not scaled.
/// </remarks>
public static class ImageCodec
{
    // Longer sides have no lawful use here and would overflow the arithmetic of array lengths.
    private const long LargestArray = 0x7FFFFFC7;

    /// <summary>Reads the header without decoding pixels.</summary>
    /// <exception cref="ImageException">The bytes are empty, of another format, or have a broken header.</exception>
    public static ImageHeader Probe(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new ImageException(ImageErrorKind.Empty, "The image has no bytes.");
        }

        ThrowIfFailed(NativeImages.fi_probe(bytes, bytes.Length, out var header));
        return new ImageHeader(
            (ImageFormat)header.Format, header.Width, header.Height, header.Bands, header.Pages, header.Orientation);
    }

    /// <summary>Decodes within limits, which are checked first the bytes, then the pixels that the header claims.</summary>
    /// <exception cref="ImageException">The image is refused; <see cref="ImageException.Kind"/> says why.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, ImageLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (bytes.Length > limits.MaxBytes)
        {
            throw new ImageException(
                ImageErrorKind.TooManyBytes, $"The image has {bytes.Length} bytes; {nameof(ImageLimits.MaxBytes)} is {limits.MaxBytes}.");
        }

        var header = Probe(bytes);
        if (header.Pixels > limits.MaxPixels || header.Pixels * 3 > LargestArray)
        {
            throw new ImageException(
                ImageErrorKind.TooManyPixels,
                $"The image has {header.Width} x {header.Height} pixels; {nameof(ImageLimits.MaxPixels)} is {limits.MaxPixels}.");
        }

        var pixels = GC.AllocateUninitializedArray<byte>((int)(header.Pixels * 3));
        ThrowIfFailed(NativeImages.fi_decode(bytes, bytes.Length, pixels, pixels.Length));
        return new RgbImage(header.Width, header.Height, pixels);
    }

    /// <summary>Writes a picture as PNG, without metadata.</summary>
    public static byte[] EncodePng(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ThrowIfFailed(NativeImages.fi_encode_png(image.Pixels, image.Width, image.Height, out var encoded, out var length));
        return Take(encoded, length);
    }

    /// <summary>Copies bytes out of native memory and releases it.</summary>
    internal static byte[] Take(nint encoded, long length)
    {
        try
        {
            var bytes = new byte[length];
            Marshal.Copy(encoded, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            NativeImages.fi_free(encoded);
        }
    }

    /// <summary>Turns a native status into the exception that says why.</summary>
    internal static void ThrowIfFailed(int status)
    {
        if (status == 0)
        {
            return;
        }

        var reason = Marshal.PtrToStringUTF8(NativeImages.fi_last_error()) ?? "libvips gave no reason.";
        throw status switch
        {
            1 => new ImageException(ImageErrorKind.UnknownFormat, reason),
            2 => new ImageException(ImageErrorKind.Corrupt, $"The image is broken or ends early: {reason}"),
            _ => new InvalidOperationException($"The image library failed with status {status}: {reason}"),
        };
    }
}
