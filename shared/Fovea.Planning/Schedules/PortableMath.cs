namespace Fovea.Planning.Schedules;

/// <summary>Computes the exponential by additions and multiplications alone, so that every machine gets the same bits.</summary>
/// <remarks><see cref="Math.Exp"/> calls the platform's library, whose last bit differs between processors; a plan's digest
/// may not.</remarks>
internal static class PortableMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Returns e to the power of <paramref name="x"/>, within a few units in the last place.</summary>
    public static double Exp(double x)
    {
        if (x > 709.7)
        {
            return double.PositiveInfinity;
        }

        if (x < -745)
        {
            return 0;
        }

        var power = Math.Floor((x * Log2E) + 0.5);
        var rest = x - (power * Ln2High) - (power * Ln2Low);
        return Math.ScaleB(Even(rest * rest) + (rest * Odd(rest * rest)), (int)power);
    }

    // The Taylor series of e^r to r^13, |r| <= ln 2 / 2, in two halves that a processor can work on at once.
    private static double Even(double square) =>
        1 + (square * ((1 / 2.0) + (square * ((1 / 24.0) + (square * ((1 / 720.0)
            + (square * ((1 / 40320.0) + (square * ((1 / 3628800.0) + (square * (1 / 479001600.0))))))))))));

    private static double Odd(double square) =>
        1 + (square * ((1 / 6.0) + (square * ((1 / 120.0) + (square * ((1 / 5040.0)
            + (square * ((1 / 362880.0) + (square * ((1 / 39916800.0) + (square * (1 / 6227020800.0))))))))))));
}
