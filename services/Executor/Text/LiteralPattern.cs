namespace Fovea.Executor.Text;

/// <summary>Matches a fixed string.</summary>
internal sealed class LiteralPattern : ITextPattern
{
    private readonly string _literal;

    /// <summary>Matches <paramref name="literal"/>; the empty string matches nowhere.</summary>
    public LiteralPattern(string literal) => _literal = literal;

    /// <summary>The text with every match replaced.</summary>
    public string Replace(string text, string content) =>
        _literal.Length == 0 ? text : text.Replace(_literal, content, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Split(string text, List<TextSpan> spans)
    {
        var done = 0;
        while (_literal.Length > 0 && text.IndexOf(_literal, done, StringComparison.Ordinal) is var at and >= 0)
        {
            if (done < at)
            {
                spans.Add(new TextSpan(done, at, false));
            }

            done = at + _literal.Length;
            spans.Add(new TextSpan(at, done, true));
        }

        if (done < text.Length || text.Length == 0)
        {
            spans.Add(new TextSpan(done, text.Length, false));
        }
    }
}
