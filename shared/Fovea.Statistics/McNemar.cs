namespace Fovea.Statistics;

/// <summary>Tests whether one of two methods is right more often on the same questions.</summary>
public static class McNemar
{
    /// <summary>
    /// Returns the exact two-sided p value of <paramref name="lost"/> questions that only the first method got right and
    /// <paramref name="won"/> that only the second did.
    /// </summary>
    public static double Exact(int lost, int won)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        ArgumentOutOfRangeException.ThrowIfNegative(won);
        return Math.Min(1, 2 * Binomial.LowerTail(Math.Min(lost, won), lost + won, 0.5));
    }
}
