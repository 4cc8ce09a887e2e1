namespace Fovea.Statistics;

/// <summary>Gives the interval of a share that was counted.</summary>
public static class Wilson
{
    /// <summary>Returns Wilson's two-sided interval of a share at a confidence level in (0, 1).</summary>
    public static Interval Share(int successes, int trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var z = Normal.Quantile((1 + confidence) / 2);
        double n = trials;
        var share = successes / n;
        var scale = 1 + (z * z / n);
        var centre = (share + (z * z / (2 * n))) / scale;
        var half = z / scale * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
        return new(successes == 0 ? 0 : Math.Max(0, centre - half), successes == trials ? 1 : Math.Min(1, centre + half));
    }
}
