using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds the counts that a search may choose, ascending, from the floor to all tokens.</summary>
internal sealed class CountGrid
{
    private readonly ImmutableArray<int> _counts;

    private CountGrid(ImmutableArray<int> counts) => _counts = counts;

    /// <summary>Gets the place of the largest count, which keeps everything.</summary>
    public int Top => _counts.Length - 1;

    /// <summary>Gets the count at a place.</summary>
    public int this[int place] => _counts[place];

    /// <summary>Makes the grid of <c>⌊N j / resolution⌋</c>, or of every count when the resolution is 0 or finer than one token.</summary>
    public static CountGrid Create(int visionTokens, int floor, int resolution)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(visionTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(floor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(floor, visionTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(resolution);
        var steps = resolution == 0 ? visionTokens : Math.Min(resolution, visionTokens);
        var counts = Enumerable.Range(0, steps + 1).Select(step => (int)Math.Max(floor, (long)visionTokens * step / steps));
        return new([.. counts.Distinct()]);
    }
}
