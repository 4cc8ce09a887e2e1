using System.Text.RegularExpressions;

namespace Fovea.Executor.Text;

/// <summary>Matches a regular expression over characters (not UTF-16 units), as Oniguruma does in the reference library.</summary>
/// <remarks>
/// .NET matches UTF-16 units, in which \p{L} misses letters beyond U+FFFF. So an input that has such characters is matched through a stand-in
/// with one unit per character, of the same general category; what an expression of these tokenizers asks of such a character is no more.
/// Matching is bounded in time: an expression that runs away gives an error, not a hang.
/// </remarks>
internal sealed class RegexPattern : ITextPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly string[] Refused = ["[[", "[:", "&&", "\\h", "\\H", "\\R", "\\X", "\\K", "\\g", "(?~", "++", "*+", "?+"];

    private readonly Regex _regex;

    private RegexPattern(Regex regex) => _regex = regex;

    /// <summary>Compiles the expression, or says why it cannot mean the same here.</summary>
    public static RegexPattern? TryCreate(string expression, out string fault)
    {
        fault = string.Empty;
        if (Refused.FirstOrDefault(token => expression.Contains(token, StringComparison.Ordinal)) is { } token)
        {
            fault = $"uses \"{token}\", which is not supported";
            return null;
        }

        if (WellFormed.HasSurrogates(expression))
        {
            fault = "names characters beyond U+FFFF, which is not supported";
            return null;
        }

        try
        {
            const RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.Compiled | RegexOptions.Multiline;
            return new RegexPattern(new Regex(expression, options, Limit));
        }
        catch (ArgumentException error)
        {
            fault = $"is no regular expression that is supported: {error.Message}";
            return null;
        }
    }

    /// <inheritdoc/>
    public void Split(string text, List<TextSpan> spans)
    {
        var first = spans.Count;
        if (!WellFormed.HasSurrogates(text))
        {
            Match(text, spans);
            return;
        }

        var standIn = StandIn.Of(text);
        Match(standIn.Text, spans);
        for (var index = first; index < spans.Count; index++)
        {
            var span = spans[index];
            spans[index] = span with { Start = standIn.Offsets[span.Start], End = standIn.Offsets[span.End] };
        }
    }

    private void Match(string text, List<TextSpan> spans)
    {
        var done = 0;
        foreach (var match in _regex.EnumerateMatches(text))
        {
            if (done < match.Index)
            {
                spans.Add(new TextSpan(done, match.Index, false));
            }

            done = match.Index + match.Length;
            spans.Add(new TextSpan(match.Index, done, true));
        }

        if (done < text.Length || text.Length == 0)
        {
            spans.Add(new TextSpan(done, text.Length, false));
        }
    }
}
