namespace Fovea.Statistics;

/// <summary>Compares two shares of right answers to the same questions by Tango's score statistic.</summary>
/// <remarks>
/// Unlike Wald's it holds its level where few answers differ, and with none that differ it still gives an interval: the share
/// lost is below about z²/(n + z²). At a difference of 0 it is McNemar's statistic (T. Tango, Statistics in Medicine 17, 1998).
/// </remarks>
public static class PairedProportions
{
    /// <summary>Returns how many standard errors the share lost, (lost - won) / n, lies above <paramref name="difference"/>.</summary>
    /// <param name="lost">Questions that only the first method got right.</param>
    /// <param name="won">Questions that only the second method got right.</param>
    /// <param name="questions">All questions, n.</param>
    /// <param name="difference">Share lost under the hypothesis, in (-1, 1).</param>
    public static double Score(int lost, int won, int questions, double difference)
    {
        Check(lost, won, questions);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(difference, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(difference, 1);
        if (difference < 0)
        {
            return -Score(won, lost, questions, -difference);
        }

        // The share won under the hypothesis, estimated by maximum likelihood: the root of a q² + b q + c.
        double n = questions;
        var a = 2 * n;
        var b = -lost - won + (((2 * n) - lost + won) * difference);
        var c = -won * difference * (1 - difference);
        var share = (Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c))) - b) / (2 * a);
        var variance = n * ((2 * share) + (difference * (1 - difference)));
        var excess = lost - won - (n * difference);
        return variance > 0 ? excess / Math.Sqrt(variance) : excess == 0 ? 0 : excess * double.PositiveInfinity;
    }

    /// <summary>Returns the two-sided interval of the share lost at a confidence level in (0, 1).</summary>
    public static Interval ShareLost(int lost, int won, int questions, double confidence)
    {
        Check(lost, won, questions);
        var z = Normal.Quantile((1 + confidence) / 2);
        var share = (lost - won) / (double)questions;
        var low = Cross(share, -1, difference => Score(lost, won, questions, difference) >= z);
        var high = Cross(share, 1, difference => Score(lost, won, questions, difference) <= -z);
        return new(low, high);
    }

    /// <summary>Returns where, on the way from <paramref name="from"/> to <paramref name="limit"/>, the condition begins to hold.</summary>
    private static double Cross(double from, double limit, Func<double, bool> condition)
    {
        var (inside, outside) = (from, limit);
        for (var step = 0; step < 60; step++)
        {
            var middle = (inside + outside) / 2;
            if (middle is > -1 and < 1 && !condition(middle))
            {
                inside = middle;
            }
            else
            {
                outside = middle;
            }
        }

        return outside;
    }

    private static void Check(int lost, int won, int questions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        ArgumentOutOfRangeException.ThrowIfNegative(won);
        ArgumentOutOfRangeException.ThrowIfLessThan(questions, Math.Max(1, lost + won));
    }
}
