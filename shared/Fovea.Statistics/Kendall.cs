namespace Fovea.Statistics;

/// <summary>Correlates two rankings.</summary>
public static class Kendall
{
    /// <summary>Returns Kendall's tau-b, in [-1, 1]; NaN when all values of one side are equal.</summary>
    /// <remarks>Knight's algorithm: sort by x, then count the exchanges that sort y, in O(n log n).</remarks>
    public static double TauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} values cannot be paired with {y.Length}", nameof(y));
        }

        var pairs = new (double X, double Y)[x.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (x[i], y[i]);
        }

        Array.Sort(pairs);
        var (tiedX, tiedBoth) = (0L, 0L);
        for (var (i, runX, runBoth) = (1, 1L, 1L); i <= pairs.Length; i++)
        {
            var sameX = i < pairs.Length && pairs[i].X.Equals(pairs[i - 1].X);
            var sameBoth = sameX && pairs[i].Y.Equals(pairs[i - 1].Y);
            tiedX += sameX ? 0 : Pairs(runX);
            tiedBoth += sameBoth ? 0 : Pairs(runBoth);
            runX = sameX ? runX + 1 : 1;
            runBoth = sameBoth ? runBoth + 1 : 1;
        }

        var values = Array.ConvertAll(pairs, pair => pair.Y);
        var exchanges = Sort(values, new double[values.Length]);
        var tiedY = 0L;
        for (var (i, run) = (1, 1L); i <= values.Length; i++)
        {
            var same = i < values.Length && values[i].Equals(values[i - 1]);
            tiedY += same ? 0 : Pairs(run);
            run = same ? run + 1 : 1;
        }

        var all = Pairs(values.Length);
        var score = all - tiedX - tiedY + tiedBoth - (2 * exchanges);
        return score / Math.Sqrt((double)(all - tiedX) * (all - tiedY));
    }

    private static long Pairs(long count) => count * (count - 1) / 2;

    /// <summary>Sorts by merging and returns the number of pairs that were out of order.</summary>
    private static long Sort(Span<double> values, Span<double> buffer)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        var middle = values.Length / 2;
        var exchanges = Sort(values[..middle], buffer[..middle]) + Sort(values[middle..], buffer[middle..]);
        var (left, right) = (0, middle);
        for (var i = 0; i < values.Length; i++)
        {
            if (right == values.Length || (left < middle && values[left] <= values[right]))
            {
                buffer[i] = values[left++];
            }
            else
            {
                exchanges += middle - left;
                buffer[i] = values[right++];
            }
        }

        buffer[..values.Length].CopyTo(values);
        return exchanges;
    }
}
