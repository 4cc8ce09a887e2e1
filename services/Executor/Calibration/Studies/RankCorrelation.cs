namespace Fovea.Executor.Calibration.Studies;

/// <summary>Compares rankings.</summary>
internal static class RankCorrelation
{
    /// <summary>Returns Kendall's tau-b: 1 for equal orders, -1 for opposite ones, ties accounted for; 0 where one side is all ties.</summary>
    /// <remarks>
    /// tau-b = (concordant - discordant) / sqrt((pairs - tiedX)(pairs - tiedY)). Discordant pairs are counted by merging
    /// (Knight 1966), so n values take n log n steps.
    /// </remarks>
    public static double TauB(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} and {y.Length} values cannot be compared.", nameof(y));
        }

        var pairs = new (float X, float Y)[x.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (x[i], y[i]);
        }

        Array.Sort(pairs, static (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        var tiedX = Ties(pairs, static (a, b) => a.X == b.X);
        var tiedBoth = Ties(pairs, static (a, b) => a == b);
        var swaps = SortByY(pairs, new (float X, float Y)[pairs.Length]);
        var tiedY = Ties(pairs, static (a, b) => a.Y == b.Y);
        var all = pairs.Length * (pairs.Length - 1L) / 2;
        var scale = Math.Sqrt((double)(all - tiedX) * (all - tiedY));
        return scale == 0 ? 0 : (all - tiedX - tiedY + tiedBoth - (2 * swaps)) / scale;
    }

    /// <summary>Returns the median; the mean of the two middle values where there are two.</summary>
    public static double Median(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("There is no value.", nameof(values));
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : ((double)sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static long Ties((float X, float Y)[] sorted, Func<(float X, float Y), (float X, float Y), bool> tied)
    {
        var (ties, run) = (0L, 0L);
        for (var i = 1; i < sorted.Length; i++)
        {
            run = tied(sorted[i - 1], sorted[i]) ? run + 1 : 0;
            ties += run;
        }

        return ties;
    }

    /// <summary>Sorts by Y and returns how many neighbours a bubble sort would have swapped.</summary>
    private static long SortByY(Span<(float X, float Y)> pairs, Span<(float X, float Y)> space)
    {
        if (pairs.Length < 2)
        {
            return 0;
        }

        var half = pairs.Length / 2;
        var swaps = SortByY(pairs[..half], space[..half]) + SortByY(pairs[half..], space[half..]);
        var (left, right) = (0, half);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (right == pairs.Length || (left < half && pairs[left].Y <= pairs[right].Y))
            {
                space[i] = pairs[left++];
            }
            else
            {
                swaps += half - left;
                space[i] = pairs[right++];
            }
        }

        space.CopyTo(pairs);
        return swaps;
    }
}
