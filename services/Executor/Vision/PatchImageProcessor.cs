using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Makes flattened patches of native-resolution images, as Qwen2-VL does; safe for several threads.</summary>
/// <remarks>
/// Patches come merge square by merge square. Example, a grid of 2 x 4 patches and squares of 2: p00 p01 p10 p11 p02 p03 p12 p13.
/// One patch holds its red, green and blue planes, each once for every frame it spans.
/// </remarks>
internal sealed class PatchImageProcessor
{
    private readonly PixelNormalizer _normalizer;

    /// <summary>Prepares the table of values.</summary>
    public PatchImageProcessor(PatchOptions options)
    {
        Options = options;
        _normalizer = new PixelNormalizer(options.Normalization);
    }

    /// <summary>How images are resized and cut.</summary>
    public PatchOptions Options { get; }

    /// <summary>The patches of an image, [patches, values] row-major.</summary>
    /// <exception cref="ImageShapeException">One side is too long for the other.</exception>
    public PixelValues Process(RgbPixels image)
    {
        var grid = Options.GridOf(new ImageSize(image.Width, image.Height));
        var resized = PixelResizer.Resize(image, grid.Columns * Options.PatchSize, grid.Rows * Options.PatchSize, Options.Filter);
        var values = new float[grid.Count * Options.PatchValues];
        var (merge, patch) = (Options.MergeSize, 0);
        for (var row = 0; row < grid.Rows; row += merge)
        {
            for (var column = 0; column < grid.Columns; column += merge)
            {
                for (var inner = 0; inner < merge * merge; inner++)
                {
                    var target = values.AsSpan(patch++ * Options.PatchValues, Options.PatchValues);
                    WritePatch(resized, row + (inner / merge), column + (inner % merge), target);
                }
            }
        }

        return new PixelValues([grid.Count, Options.PatchValues], values) { Grid = grid };
    }

    private void WritePatch(RgbPixels image, int row, int column, Span<float> target)
    {
        var side = Options.PatchSize;
        var plane = side * side;
        for (var channel = 0; channel < RgbPixels.Channels; channel++)
        {
            var output = target.Slice(channel * Options.FramesPerPatch * plane, Options.FramesPerPatch * plane);
            for (var pixel = 0; pixel < plane; pixel++)
            {
                var (y, x) = ((row * side) + (pixel / side), (column * side) + (pixel % side));
                output[pixel] = _normalizer.Of(channel, image.Data[(((y * image.Width) + x) * RgbPixels.Channels) + channel]);
            }

            for (var frame = 1; frame < Options.FramesPerPatch; frame++)
            {
                output[..plane].CopyTo(output[(frame * plane)..]);
            }
        }
    }
}
