namespace Fovea.Scheduler.Search.Starting;

/// <summary>Shuffles by a seed, the same on every machine and version.</summary>
internal static class SeededOrder
{
    /// <summary>Shuffles in place (Fisher-Yates over SplitMix64).</summary>
    public static void Shuffle(Span<int> items, ulong seed)
    {
        var state = seed;
        for (var left = items.Length; left > 1; left--)
        {
            var chosen = (int)(Next(ref state) % (ulong)left);
            (items[left - 1], items[chosen]) = (items[chosen], items[left - 1]);
        }
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
