namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Cuts text at the matches of a pattern.</summary>
internal sealed class SplitPreTokenizer : IPreTokenizer
{
    private readonly ITextPattern _pattern;
    private readonly SplitBehavior _behavior;
    private readonly bool _invert;

    /// <summary>Cuts at <paramref name="pattern"/>, or, when <paramref name="invert"/>, at what lies between its matches.</summary>
    public SplitPreTokenizer(ITextPattern pattern, SplitBehavior behavior, bool invert)
    {
        _pattern = pattern;
        _behavior = behavior;
        _invert = invert;
    }

    /// <inheritdoc/>
    public void Split(TextPiece piece, Action<TextPiece> add)
    {
        var spans = new List<TextSpan>();
        _pattern.Split(piece.Content, spans);
        foreach (var (start, end, _) in Arrange(spans))
        {
            if (start < end)
            {
                add(new TextPiece(piece.Content[start..end], piece.AtStart && start == 0));
            }
        }
    }

    private IEnumerable<TextSpan> Arrange(List<TextSpan> spans)
    {
        if (_invert)
        {
            spans = spans.ConvertAll(static span => span with { IsMatch = !span.IsMatch });
        }

        return _behavior switch
        {
            SplitBehavior.Isolated => spans,
            SplitBehavior.Removed => spans.Where(static span => !span.IsMatch),
            SplitBehavior.Contiguous => Join(spans, static (before, span) => before.IsMatch == span.IsMatch),
            SplitBehavior.MergedWithPrevious => Join(spans, static (before, span) => span.IsMatch && !before.IsMatch),
            _ => JoinNext(spans),
        };
    }

    private static List<TextSpan> Join(List<TextSpan> spans, Func<TextSpan, TextSpan, bool> joins)
    {
        var output = new List<TextSpan>();
        for (var index = 0; index < spans.Count; index++)
        {
            // Whether two stretches join is asked of the neighbours themselves, not of what the first has grown to.
            if (index > 0 && joins(spans[index - 1], spans[index]))
            {
                output[^1] = output[^1] with { End = spans[index].End };
            }
            else
            {
                output.Add(spans[index]);
            }
        }

        return output;
    }

    private static List<TextSpan> JoinNext(List<TextSpan> spans)
    {
        var output = new List<TextSpan>();
        for (var index = spans.Count - 1; index >= 0; index--)
        {
            if (index + 1 < spans.Count && spans[index].IsMatch && !spans[index + 1].IsMatch)
            {
                output[^1] = output[^1] with { Start = spans[index].Start };
            }
            else
            {
                output.Add(spans[index]);
            }
        }

        output.Reverse();
        return output;
    }
}
