namespace Fovea.Statistics;

/// <summary>Computes tails of the binomial distribution by adding up their terms.</summary>
public static class Binomial
{
    /// <summary>Returns P(X >= k) for X successes in n trials of probability p in (0, 1).</summary>
    public static double UpperTail(int k, int n, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        if (k <= 0 || k > n)
        {
            return k <= 0 ? 1 : 0;
        }

        // The shorter tail is summed, from its largest term outwards.
        return k > n * p ? Sum(k, n, p) : 1 - Sum(n - k + 1, n, 1 - p);
    }

    /// <summary>Returns P(X &lt;= k) for X successes in n trials of probability p in (0, 1).</summary>
    public static double LowerTail(int k, int n, double p) => UpperTail(n - k, n, 1 - p);

    private static double Sum(int k, int n, double p)
    {
        var choose = SpecialFunctions.LogGamma(n + 1d) - SpecialFunctions.LogGamma(k + 1d) - SpecialFunctions.LogGamma(n - k + 1d);
        var term = Math.Exp(choose + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
        var sum = term;
        for (var i = k; i < n && term > sum * 1e-18; i++)
        {
            term *= (n - i) * p / ((i + 1d) * (1 - p));
            sum += term;
        }

        return Math.Min(1, sum);
    }
}
