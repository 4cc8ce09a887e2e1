namespace Fovea.Executor.Vision;

/// <summary>Turns bytes into the numbers a vision tower reads: rescale, subtract the mean, divide by the deviation; safe for several threads.</summary>
internal sealed class PixelNormalizer
{
    private const int Channels = RgbPixels.Channels;
    private const int Levels = byte.MaxValue + 1;

    private readonly float[] _values = new float[Channels * Levels];

    /// <summary>Prepares the table of the 256 values of each channel.</summary>
    public PixelNormalizer(Normalization options)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var value = 0; value < Levels; value++)
            {
                // The reference rescales in double precision, rounds, and normalizes in single precision.
                var scaled = (float)(value * options.RescaleFactor);
                _values[(channel * Levels) + value] = (scaled - (float)options.Mean[channel]) / (float)options.Deviation[channel];
            }
        }
    }

    /// <summary>The number that a byte of a channel becomes.</summary>
    public float Of(int channel, byte value) => _values[(channel * Levels) + value];

    /// <summary>Writes an image as three planes, [3, height, width] row-major.</summary>
    public void Write(RgbPixels image, Span<float> target)
    {
        var plane = image.Width * image.Height;
        for (var channel = 0; channel < Channels; channel++)
        {
            var table = _values.AsSpan(channel * Levels, Levels);
            var output = target.Slice(channel * plane, plane);
            for (var pixel = 0; pixel < output.Length; pixel++)
            {
                output[pixel] = table[image.Data[(pixel * Channels) + channel]];
            }
        }
    }
}
