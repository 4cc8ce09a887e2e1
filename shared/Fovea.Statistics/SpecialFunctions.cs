namespace Fovea.Statistics;

/// <summary>Computes the functions that distributions are made of.</summary>
internal static class SpecialFunctions
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double Tiny = 1e-300;
    private const int MostTerms = 10_000;

    /// <summary>Returns ln Γ(x) for x above 0.</summary>
    public static double LogGamma(double x)
    {
        // Stirling's series is exact to the last bits from 15 on; below, Γ(x) = Γ(x + n) / (x (x + 1) ... (x + n - 1)).
        var product = 1d;
        while (x < 15)
        {
            product *= x;
            x++;
        }

        var square = 1 / (x * x);
        var series = (1 / 12d) - (square * ((1 / 360d) - (square * ((1 / 1260d) - (square * ((1 / 1680d) - (square / 1188)))))));
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + (series / x) - Math.Log(product);
    }

    /// <summary>Returns e^(x²) erfc(x) for x from 2 on, where the continued fraction converges fast.</summary>
    public static double ScaledErfc(double x)
    {
        // erfc(x) = e^(-x²) / √π * 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + ...)))), from the inside out.
        var rest = x;
        for (var term = 120; term > 0; term--)
        {
            rest = x + (term / 2d / rest);
        }

        return 1 / (rest * Math.Sqrt(Math.PI));
    }

    /// <summary>Returns 1 - erf(x).</summary>
    public static double Erfc(double x)
    {
        if (x < 0)
        {
            return 2 - Erfc(-x);
        }

        if (x >= 2)
        {
            return Math.Exp(-x * x) * ScaledErfc(x);
        }

        // erf(x) = 2/√π e^(-x²) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)); no term is negative.
        var term = x;
        var sum = x;
        for (var n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 1 - (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum);
    }

    /// <summary>Returns the regularised incomplete beta function I_x(a, b), a and b above 0.</summary>
    public static double RegularizedBeta(double a, double b, double x)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        // The fraction converges fast on one side of the mean only; the other side follows by symmetry.
        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - RegularizedBeta(b, a, 1 - x);
        }

        var front = LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x));
        return Math.Exp(front) * BetaFraction(a, b, x) / a;
    }

    /// <summary>Evaluates the continued fraction of the incomplete beta function by Lentz's method.</summary>
    private static double BetaFraction(double a, double b, double x)
    {
        var c = 1d;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var fraction = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= d * c;

            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            var factor = d * c;
            fraction *= factor;
            if (Math.Abs(factor - 1) < 1e-16)
            {
                break;
            }
        }

        return fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
