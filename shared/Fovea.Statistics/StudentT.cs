namespace Fovea.Statistics;

/// <summary>Computes Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>Returns P(T &lt;= t).</summary>
    public static double Cdf(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        var tail = SpecialFunctions.RegularizedBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t))) / 2;
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>Returns the t with P(T &lt;= t) = p, p in (0, 1).</summary>
    public static double Quantile(double p, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        if (p == 0.5)
        {
            return 0;
        }

        if (p > 0.5)
        {
            return -Quantile(1 - p, degreesOfFreedom);
        }

        var low = Math.Min(Normal.Quantile(p), -1);
        while (Cdf(low, degreesOfFreedom) > p)
        {
            low *= 2;
        }

        var high = 0d;
        for (var middle = low / 2; middle > low && middle < high; middle = low + ((high - low) / 2))
        {
            if (Cdf(middle, degreesOfFreedom) > p)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return low;
    }
}
