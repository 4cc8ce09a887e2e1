namespace Fovea.Planning.Schedules;

/// <summary>Computes the exponential by additions and multiplications alone, so that every machine gets the same bits.</summary>
/// <remarks><see cref="Math.Exp"/> calls the platform's library, whose last bit differs between processors; a plan's digest may not.</remarks>
internal static class PortableMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const int Terms = 14;

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
        var sum = 1.0;
        for (var term = Terms; term > 0; term--)
        {
            sum = 1 + (rest * sum / term);
        }

        return Math.ScaleB(sum, (int)power);
    }
}
