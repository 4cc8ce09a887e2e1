using System.Collections.Immutable;

namespace Fovea.Executor.Canaries;

/// <summary>Bounds by which times to the first token are counted: four to each doubling, from 1 ms to 262 s.</summary>
internal static class LatencyBounds
{
    private const int PerDoubling = 4;
    private const int Doublings = 18;

    /// <summary>The bounds in milliseconds, rising.</summary>
    public static ImmutableArray<double> Milliseconds { get; } =
        [.. Enumerable.Range(0, (Doublings * PerDoubling) + 1).Select(step => Math.Pow(2, step / (double)PerDoubling))];

    /// <summary>Gives the first bound that a time is not above, or one past the last.</summary>
    public static int IndexOf(TimeSpan time)
    {
        var found = Milliseconds.AsSpan().BinarySearch(time.TotalMilliseconds);
        return found < 0 ? ~found : found;
    }
}
