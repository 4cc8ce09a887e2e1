namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds the shape of a Gaussian process: Matérn 5/2 with one length per axis.</summary>
/// <param name="Lengths">Distance over which values differ, by axis.</param>
/// <param name="Noise">Variance of the noise as a share of the signal's.</param>
internal sealed record GaussianKernel(double[] Lengths, double Noise)
{
    private const double Root5 = 2.2360679774997897;

    /// <summary>Returns the correlation of the function's values at two points, 1 at distance 0.</summary>
    public double Correlate(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var square = 0d;
        for (var axis = 0; axis < Lengths.Length; axis++)
        {
            var distance = (first[axis] - second[axis]) / Lengths[axis];
            square += distance * distance;
        }

        var scaled = Root5 * Math.Sqrt(square);
        return (1 + scaled + (scaled * scaled / 3)) * Math.Exp(-scaled);
    }
}
