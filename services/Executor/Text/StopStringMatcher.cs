namespace Fovea.Executor.Text;

/// <summary>Cuts a stream of text at the first stop string, and never lets out text that a stop string may begin with.</summary>
/// <remarks>Serves one sequence. The stop that ends first wins; of those that end at the same place the one that begins first.</remarks>
internal sealed class StopStringMatcher
{
    private readonly string[] _stops;
    private readonly int _longest;
    private string _held = string.Empty;

    /// <summary>Looks for <paramref name="stops"/>; empty ones are not allowed.</summary>
    public StopStringMatcher(IReadOnlyList<string> stops)
    {
        if (stops.Any(static stop => stop.Length == 0))
        {
            throw new ArgumentException("A stop string is empty", nameof(stops));
        }

        _stops = [.. stops];
        _longest = _stops.Length == 0 ? 0 : _stops.Max(static stop => stop.Length);
    }

    /// <summary>The stop string that was found, or null.</summary>
    public string? Found { get; private set; }

    /// <summary>Takes the next text; returns what may be let out. After a stop was found it returns nothing.</summary>
    public string Push(string text)
    {
        if (Found is not null)
        {
            return string.Empty;
        }

        var all = _held + text;
        if (Find(all) is var (start, stop))
        {
            Found = stop;
            _held = string.Empty;
            return all[..start];
        }

        var keep = HeldLength(all);
        _held = all[^keep..];
        return all[..^keep];
    }

    /// <summary>Returns what was held back, when the text has ended without a stop.</summary>
    public string Finish()
    {
        var held = _held;
        _held = string.Empty;
        return held;
    }

    private (int Start, string Stop)? Find(string all)
    {
        (int Start, string Stop)? best = null;
        foreach (var stop in _stops)
        {
            var at = all.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (best is not var (start, found) || (at + stop.Length, at).CompareTo((start + found.Length, start)) < 0))
            {
                best = (at, stop);
            }
        }

        return best;
    }

    private int HeldLength(string all)
    {
        for (var length = Math.Min(_longest - 1, all.Length); length > 0; length--)
        {
            var tail = all.AsSpan(all.Length - length);
            foreach (var stop in _stops)
            {
                if (stop.Length > length && stop.AsSpan().StartsWith(tail))
                {
                    return length;
                }
            }
        }

        return 0;
    }
}
