using Fovea.Torch.Images;

namespace Fovea.Cli.Generation;

/// <summary>Colours the cells of a square grid of vision tokens by how deep they got, over the centre square of the image.</summary>
/// <remarks>
/// The centre square is what a LLaVA processor leaves of an image. Dark is dropped early, yellow is kept to the last layer;
/// the strip below shows the colours from the first layer to the last.
/// </remarks>
internal static class Heatmap
{
    private const int LeastSide = 512;
    private const int StripShare = 24;
    private const int Channels = 3;
    private const double Opacity = 0.55;

    // Five anchors of the viridis colour map, dark to light.
    private static readonly (double Red, double Green, double Blue)[] Anchors =
    [
        (68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37),
    ];

    /// <summary>Returns the drawing.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="depths">Layers that each token entered, row by row of the grid.</param>
    /// <param name="layers">Layers of the model.</param>
    public static RgbImage Draw(RgbImage image, ReadOnlySpan<int> depths, int layers)
    {
        var side = Math.Min(image.Width, image.Height);
        var scale = Math.Max(1, (LeastSide + side - 1) / side);
        var (width, strip) = (side * scale, side * scale / StripShare);
        var pixels = new byte[width * (width + strip) * Channels];
        var grid = (int)Math.Round(Math.Sqrt(depths.Length));
        var (left, top) = ((image.Width - side) / 2, (image.Height - side) / 2);
        for (var y = 0; y < width; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var source = (((top + (y / scale)) * image.Width) + left + (x / scale)) * Channels;
                var depth = depths[(y * grid / width * grid) + (x * grid / width)];
                Blend(image.Pixels.AsSpan(source, Channels), ColorOf(depth, layers), pixels.AsSpan(((y * width) + x) * Channels));
            }
        }

        DrawStrip(pixels.AsSpan(width * width * Channels), width, layers);
        return new RgbImage(width, width + strip, pixels);
    }

    /// <summary>Returns the colour of a depth in 0..layers.</summary>
    public static (double Red, double Green, double Blue) ColorOf(int depth, int layers)
    {
        var place = (double)depth / Math.Max(1, layers) * (Anchors.Length - 1);
        var index = Math.Clamp((int)place, 0, Anchors.Length - 2);
        var (low, high, share) = (Anchors[index], Anchors[index + 1], place - index);
        return (Mix(low.Red, high.Red, share), Mix(low.Green, high.Green, share), Mix(low.Blue, high.Blue, share));
    }

    private static void DrawStrip(Span<byte> pixels, int width, int layers)
    {
        for (var index = 0; index < pixels.Length / Channels; index++)
        {
            var depth = 1 + (index % width * layers / width);
            Write(ColorOf(depth, layers), pixels[(index * Channels)..]);
        }
    }

    private static void Blend(ReadOnlySpan<byte> source, (double Red, double Green, double Blue) color, Span<byte> target) =>
        Write((Mix(source[0], color.Red, Opacity), Mix(source[1], color.Green, Opacity), Mix(source[2], color.Blue, Opacity)), target);

    private static void Write((double Red, double Green, double Blue) color, Span<byte> target) =>
        (target[0], target[1], target[2]) = ((byte)Math.Round(color.Red), (byte)Math.Round(color.Green), (byte)Math.Round(color.Blue));

    private static double Mix(double low, double high, double share) => low + ((high - low) * share);
}
