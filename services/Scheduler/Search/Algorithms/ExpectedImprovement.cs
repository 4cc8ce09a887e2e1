using Fovea.Statistics;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Values a point by how much better than the best it is expected to be.</summary>
internal static class ExpectedImprovement
{
    private const double FarOut = 30;

    /// <summary>Returns the logarithm of the expected improvement, which still tells points apart where the improvement itself is 0.</summary>
    /// <param name="mean">Mean at the point; more is better.</param>
    /// <param name="deviation">Standard deviation at the point.</param>
    /// <param name="best">Best mean so far.</param>
    public static double Log(double mean, double deviation, double best)
    {
        if (deviation <= 0)
        {
            return mean > best ? Math.Log(mean - best) : double.NegativeInfinity;
        }

        // EI = s (φ(z) + z Φ(z)); below 0, Φ(z) = φ(z) M(-z) with Mills' ratio M, and 1 - t M(t) goes to 1/t².
        var z = (mean - best) / deviation;
        if (z > 0)
        {
            return Math.Log(deviation) + Math.Log(Normal.Density(z) + (z * Normal.Cdf(z)));
        }

        var rest = z < -FarOut ? 1 / (z * z) : 1 + (z * Normal.MillsRatio(-z));
        return Math.Log(deviation) - (z * z / 2) - (Math.Log(2 * Math.PI) / 2) + Math.Log(rest);
    }
}
