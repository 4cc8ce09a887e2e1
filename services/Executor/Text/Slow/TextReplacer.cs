namespace Fovea.Executor.Text.Slow;

/// <summary>Replaces a string in text that arrives in parts, and never lets out what a match may begin with.</summary>
internal sealed class TextReplacer
{
    private readonly string _old;
    private readonly string _new;
    private string _held = string.Empty;

    /// <summary>Replaces <paramref name="old"/>, not empty, by <paramref name="replacement"/>.</summary>
    public TextReplacer(string old, string replacement)
    {
        _old = old;
        _new = replacement;
    }

    /// <summary>Takes the next part; returns the text that is certain now.</summary>
    public string Push(string part)
    {
        var all = (_held + part).AsSpan();
        var output = string.Empty;
        for (int at; (at = all.IndexOf(_old, StringComparison.Ordinal)) >= 0; all = all[(at + _old.Length)..])
        {
            output = string.Concat(output, all[..at], _new);
        }

        var keep = Math.Min(_old.Length - 1, all.Length);
        while (keep > 0 && !_old.AsSpan().StartsWith(all[^keep..], StringComparison.Ordinal))
        {
            keep--;
        }

        _held = all[^keep..].ToString();
        return string.Concat(output, all[..^keep]);
    }

    /// <summary>Returns what was held back; the next part begins a new text.</summary>
    public string Finish()
    {
        var held = _held;
        _held = string.Empty;
        return held;
    }
}
