namespace Fovea.Statistics;

/// <summary>Computes the standard normal distribution.</summary>
public static class Normal
{
    /// <summary>Returns the density.</summary>
    public static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Returns P(Z &lt;= z).</summary>
    public static double Cdf(double z) => SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;

    /// <summary>Returns P(Z > z), exact in the far tail, too.</summary>
    public static double UpperTail(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;

    /// <summary>Returns P(Z > z) divided by the density at z (Mills' ratio), for z of any size.</summary>
    public static double MillsRatio(double z)
    {
        var x = z / Math.Sqrt(2);
        return x >= 2 ? Math.Sqrt(Math.PI / 2) * SpecialFunctions.ScaledErfc(x) : UpperTail(z) / Density(z);
    }

    /// <summary>Returns the z with P(Z &lt;= z) = p, p in (0, 1).</summary>
    public static double Quantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        if (p > 0.5)
        {
            return -Quantile(1 - p);
        }

        // The start is right to a few percent of a unit; Newton's steps on the logarithm of the tail settle the rest.
        var t = Math.Sqrt(-2 * Math.Log(p));
        var z = t - ((2.30753 + (0.27061 * t)) / (1 + (t * (0.99229 + (0.04481 * t)))));
        for (var step = 0; step < 6; step++)
        {
            z += (Math.Log(UpperTail(z)) - Math.Log(p)) * MillsRatio(z);
        }

        return -z;
    }
}
