using System.Buffers;
using System.Text;

namespace Fovea.Executor.Text;

/// <summary>Repairs strings that are no valid Unicode.</summary>
internal static class WellFormed
{
    private static readonly SearchValues<char> Surrogates =
        SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(static unit => (char)unit)]);

    /// <summary>The text itself, or a copy in which every half of a surrogate pair is U+FFFD.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Surrogates))
        {
            return text;
        }

        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            builder.Append(rune);
        }

        return builder.ToString();
    }

    /// <summary>Whether the text holds any surrogate, so that its characters are not its units.</summary>
    public static bool HasSurrogates(ReadOnlySpan<char> text) => text.ContainsAny(Surrogates);
}
