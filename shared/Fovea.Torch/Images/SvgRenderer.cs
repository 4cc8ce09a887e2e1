using System.Text;
using Fovea.Torch.Interop;

namespace Fovea.Torch.Images;

/// <summary>Draws SVG as PNG on a white background; for text that this product wrote itself, not for files from strangers.</summary>
public static class SvgRenderer
{
    private const long MostPixels = 64L << 20;
    private const int MostCharacters = 16 << 20;
    private const int TooManyPixels = 4;

    /// <summary>Returns the PNG of a drawing, <paramref name="scale"/> pixels for each of its units.</summary>
    /// <exception cref="ImageException">The text is no SVG, or the drawing is larger than allowed.</exception>
    public static byte[] ToPng(string svg, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(svg);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        if (svg.Length > MostCharacters)
        {
            throw new ImageException(ImageErrorKind.TooManyBytes, $"The drawing has {svg.Length} characters; {MostCharacters} are allowed.");
        }

        var text = Encoding.UTF8.GetBytes(svg);
        var status = NativeImages.fi_render_svg(text, text.Length, scale, MostPixels, out var encoded, out var length);
        if (status == TooManyPixels)
        {
            throw new ImageException(ImageErrorKind.TooManyPixels, $"The drawing has more than {MostPixels} pixels.");
        }

        ImageCodec.ThrowIfFailed(status);
        return ImageCodec.Take(encoded, length);
    }
}
