using System.Collections.Immutable;

namespace Fovea.Planning.Schedules;

/// <summary>Turns rates into token counts; scheduler and executor use this one function.</summary>
public static class KeepCounts
{
    /// <summary>The slack that lets a rate written as a decimal, such as 0.3 of 10, reach the integer it means.</summary>
    public const double Slack = 1e-6;

    /// <summary>
    /// Returns <c>n_l = min(n_(l-1), max(floor, ⌊r_l N + 1e-6⌋))</c> with n_(-1) = N: non-increasing and never above N.
    /// </summary>
    /// <param name="rates">Keep rate of each layer.</param>
    /// <param name="visionTokens">Vision tokens of the request, N.</param>
    /// <param name="floor">Fewest tokens a layer keeps, if the request has as many.</param>
    /// <param name="bucket">Counts below N are rounded down to a multiple of this, but not below the floor; 1 leaves them.</param>
    public static ImmutableArray<int> From(KeepRates rates, int visionTokens, int floor, int bucket = 1)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentOutOfRangeException.ThrowIfNegative(visionTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(floor);
        ArgumentOutOfRangeException.ThrowIfLessThan(bucket, 1);

        var counts = ImmutableArray.CreateBuilder<int>(rates.Count);
        var previous = visionTokens;
        foreach (var rate in rates.AsSpan())
        {
            previous = Next(rate, visionTokens, previous, floor, bucket);
            counts.Add(previous);
        }

        return counts.MoveToImmutable();
    }

    /// <summary>Returns, layer by layer, the sum over the images.</summary>
    /// <param name="images">Counts of each image.</param>
    /// <param name="layers">Layers of each.</param>
    public static ImmutableArray<int> Sum(ImmutableArray<ImmutableArray<int>> images, int layers) =>
        [.. Enumerable.Range(0, layers).Select(layer => images.Sum(counts => counts[layer]))];

    /// <summary>Writes into <paramref name="counts"/>, without allocating, the sums over images that each keep their own share.</summary>
    internal static void Fill(ReadOnlySpan<double> rates, ReadOnlySpan<int> imageTokens, int floor, Span<int> counts)
    {
        counts.Clear();
        foreach (var tokens in imageTokens)
        {
            var previous = tokens;
            for (var layer = 0; layer < counts.Length; layer++)
            {
                previous = Next(rates[layer], tokens, previous, floor, 1);
                counts[layer] += previous;
            }
        }
    }

    /// <summary>Writes the counts into <paramref name="counts"/> without allocating; the lengths are equal.</summary>
    internal static void Fill(ReadOnlySpan<double> rates, int visionTokens, int floor, Span<int> counts)
    {
        var previous = visionTokens;
        for (var layer = 0; layer < counts.Length; layer++)
        {
            previous = Next(rates[layer], visionTokens, previous, floor, 1);
            counts[layer] = previous;
        }
    }

    private static int Next(double rate, int visionTokens, int previous, int floor, int bucket)
    {
        var count = (int)Math.Floor((rate * visionTokens) + Slack);
        if (count < visionTokens)
        {
            count -= count % bucket;
        }

        return Math.Min(previous, Math.Max(floor, count));
    }
}
