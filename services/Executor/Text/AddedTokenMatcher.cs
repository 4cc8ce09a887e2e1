using System.Text;

namespace Fovea.Executor.Text;

/// <summary>Finds added tokens in text: leftmost first, the longest where several begin, as the reference library does.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;

    /// <summary>Matches <paramref name="tokens"/>; of two with the same content the first counts.</summary>
    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _byFirst = tokens
            .Where(static token => token.Content.Length > 0)
            .GroupBy(static token => token.Content[0])
            .ToDictionary(static group => group.Key, static group => group.OrderByDescending(static token => token.Content.Length).ToArray());
        FirstCharacters = System.Buffers.SearchValues.Create([.. _byFirst.Keys]);
    }

    private System.Buffers.SearchValues<char> FirstCharacters { get; }

    /// <summary>
    /// Cuts <paramref name="text"/> into added tokens and what lies between, in order, calling <paramref name="add"/> with each stretch and its
    /// token or null; a token that <paramref name="allow"/> refuses is text.
    /// </summary>
    public void Split(string text, Func<AddedToken, bool>? allow, Action<int, int, AddedToken?> add)
    {
        var done = 0;
        var at = 0;
        while (Next(text, at, allow) is { } found)
        {
            var (token, start) = found;
            var end = start + token.Content.Length;
            at = end;
            if (token.SingleWord && !StandsAlone(text, start, end))
            {
                continue;
            }

            if (token.LeftStrip)
            {
                start = Math.Max(done, WhiteSpaceBefore(text, start));
            }

            if (token.RightStrip)
            {
                end = WhiteSpaceAfter(text, end);
            }

            if (done < start)
            {
                add(done, start, null);
            }

            add(start, end, token);
            done = end;
            at = Math.Max(at, end);
        }

        if (done < text.Length)
        {
            add(done, text.Length, null);
        }
    }

    /// <summary>Where the white space that ends at <paramref name="end"/> begins.</summary>
    public static int WhiteSpaceBefore(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>Where the white space that begins at <paramref name="start"/> ends.</summary>
    public static int WhiteSpaceAfter(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    private (AddedToken Token, int Start)? Next(string text, int from, Func<AddedToken, bool>? allow)
    {
        for (var at = from; at < text.Length; at++)
        {
            var skip = text.AsSpan(at).IndexOfAny(FirstCharacters);
            if (skip < 0)
            {
                return null;
            }

            at += skip;
            foreach (var token in _byFirst[text[at]])
            {
                if (string.CompareOrdinal(text, at, token.Content, 0, token.Content.Length) == 0 && (allow is null || allow(token)))
                {
                    return (token, at);
                }
            }
        }

        return null;
    }

    private static bool StandsAlone(string text, int start, int end)
    {
        var before = Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out var left, out _) == System.Buffers.OperationStatus.Done && IsWord(left);
        var after = Rune.DecodeFromUtf16(text.AsSpan(end), out var right, out _) == System.Buffers.OperationStatus.Done && IsWord(right);
        return !before && !after;
    }

    private static bool IsWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.ConnectorPunctuation
            or System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark
            or System.Globalization.UnicodeCategory.EnclosingMark or System.Globalization.UnicodeCategory.LetterNumber;
}
