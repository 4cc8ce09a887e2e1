namespace Fovea.Statistics;

/// <summary>Bounds means of values in [0, 1] by Chernoff's inequality, which holds for every number of values and every distribution.</summary>
/// <remarks>
/// P(mean of n values >= x) is at most exp(-n D(x, m)) for a true mean m below x, and likewise from the other side, where
/// D(x, m) = x ln(x/m) + (1-x) ln((1-x)/(1-m)). An end of an interval is the mean at which that falls to the given probability.
/// </remarks>
public static class Chernoff
{
    private const int Halvings = 60;

    /// <summary>Returns the true means that are plausible after <paramref name="count"/> values of this mean.</summary>
    /// <param name="mean">Mean of the values, within [0, 1].</param>
    /// <param name="count">Number of values; after none every mean is plausible.</param>
    /// <param name="doubt">Probability, in (0, 1), with which the truth may lie below the interval; above it, the same again.</param>
    public static Interval TrueMean(double mean, long count, double doubt)
    {
        Require(mean, count, doubt);
        var most = -Math.Log(doubt);
        return count == 0
            ? new Interval(0, 1)
            : new Interval(
                Farthest(mean, 0, truth => count * Divergence(mean, truth) <= most),
                Farthest(mean, 1, truth => count * Divergence(mean, truth) <= most));
    }

    /// <summary>Returns the means that <paramref name="count"/> values of this true mean plausibly have; all of them when they are few.</summary>
    /// <param name="truth">The true mean, in (0, 1).</param>
    /// <param name="count">Number of values.</param>
    /// <param name="doubt">Probability, in (0, 1), with which their mean may lie below the interval; above it, the same again.</param>
    public static Interval SampleMean(double truth, long count, double doubt)
    {
        Require(truth, count, doubt);
        var most = -Math.Log(doubt);
        return new Interval(
            Farthest(truth, 0, mean => count * Divergence(mean, truth) <= most),
            Farthest(truth, 1, mean => count * Divergence(mean, truth) <= most));
    }

    private static void Require(double mean, long count, double doubt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mean, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(doubt);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(doubt, 1);
    }

    /// <summary>Returns the last place between two at which a condition holds that holds at the first and is lost once.</summary>
    private static double Farthest(double from, double to, Func<double, bool> holds)
    {
        if (holds(to))
        {
            return to;
        }

        for (var step = 0; step < Halvings; step++)
        {
            var middle = (from + to) / 2;
            (from, to) = holds(middle) ? (middle, to) : (from, middle);
        }

        return from;
    }

    private static double Divergence(double x, double m) => Term(x, m) + Term(1 - x, 1 - m);

    private static double Term(double x, double m) => x == 0 ? 0 : m == 0 ? double.PositiveInfinity : x * Math.Log(x / m);
}
