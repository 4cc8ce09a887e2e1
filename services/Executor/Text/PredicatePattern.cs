using System.Text;

namespace Fovea.Executor.Text;

/// <summary>Matches every single character that fulfils a condition.</summary>
internal sealed class PredicatePattern : ITextPattern
{
    private readonly Func<Rune, bool> _matches;

    /// <summary>Matches characters for which <paramref name="matches"/> holds.</summary>
    public PredicatePattern(Func<Rune, bool> matches) => _matches = matches;

    /// <inheritdoc/>
    public void Split(string text, List<TextSpan> spans)
    {
        var done = 0;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = at + rune.Utf16SequenceLength;
            if (_matches(rune))
            {
                if (done < at)
                {
                    spans.Add(new TextSpan(done, at, false));
                }

                spans.Add(new TextSpan(at, next, true));
                done = next;
            }

            at = next;
        }

        if (done < text.Length || text.Length == 0)
        {
            spans.Add(new TextSpan(done, text.Length, false));
        }
    }
}
