using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Counts times by ranges of milliseconds; counts of executors with the same bounds add up exactly.</summary>
internal sealed class Latencies
{
    /// <summary>Gets no times at all.</summary>
    public static readonly Latencies None = new(ImmutableSortedDictionary.Create<(double High, double Low), long>());

    private readonly ImmutableSortedDictionary<(double High, double Low), long> _counts;

    private Latencies(ImmutableSortedDictionary<(double High, double Low), long> counts)
    {
        _counts = counts;
        Count = counts.Values.Sum();
    }

    /// <summary>Gets the number of times.</summary>
    public long Count { get; }

    /// <summary>Reads the times of a valid report.</summary>
    public static Latencies Of(ArmReport report)
    {
        var counts = None._counts.ToBuilder();
        for (var index = 0; index < report.TtftCounts.Count; index++)
        {
            if (report.TtftCounts[index] > 0)
            {
                var low = index == 0 ? 0 : report.TtftBoundsMs[index - 1];
                var high = index == report.TtftBoundsMs.Count ? double.PositiveInfinity : report.TtftBoundsMs[index];
                counts[(high, low)] = report.TtftCounts[index];
            }
        }

        return new Latencies(counts.ToImmutable());
    }

    /// <summary>Returns both together.</summary>
    public Latencies Plus(Latencies other)
    {
        var counts = _counts.ToBuilder();
        foreach (var (range, count) in other._counts)
        {
            counts[range] = counts.GetValueOrDefault(range) + count;
        }

        return new Latencies(counts.ToImmutable());
    }

    /// <summary>
    /// Returns the milliseconds that the given share of times is at or below; within a range, times are taken as spread evenly by
    /// their logarithm, and beyond the last bound as at it.
    /// </summary>
    public double Quantile(double share)
    {
        var left = share * Count;
        var value = 0d;
        foreach (var ((high, low), count) in _counts)
        {
            var from = low > 0 ? low : high / 2;
            value = double.IsPositiveInfinity(high) ? low : from * Math.Pow(high / from, Math.Clamp(left / count, 0, 1));
            if (left <= count)
            {
                break;
            }

            left -= count;
        }

        return value;
    }
}
