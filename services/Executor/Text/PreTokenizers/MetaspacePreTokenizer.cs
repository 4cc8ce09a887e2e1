namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Writes spaces as a visible character, puts one in front, and cuts before each, as SentencePiece does.</summary>
internal sealed class MetaspacePreTokenizer : IPreTokenizer
{
    private readonly char _replacement;
    private readonly PrependScheme _scheme;
    private readonly bool _split;

    /// <summary>Replaces spaces by <paramref name="replacement"/>; cuts only when <paramref name="split"/>.</summary>
    public MetaspacePreTokenizer(char replacement, PrependScheme scheme, bool split)
    {
        _replacement = replacement;
        _scheme = scheme;
        _split = split;
    }

    /// <inheritdoc/>
    public void Split(TextPiece piece, Action<TextPiece> add)
    {
        if (piece.Content.Length == 0)
        {
            return;
        }

        var text = piece.Content.Replace(' ', _replacement);
        var prepend = _scheme == PrependScheme.Always || (_scheme == PrependScheme.First && piece.AtStart);
        if (prepend && text[0] != _replacement)
        {
            text = _replacement + text;
        }

        var start = 0;
        while (_split && text.IndexOf(_replacement, start + 1) is var next and > 0)
        {
            add(new TextPiece(text[start..next], piece.AtStart && start == 0));
            start = next;
        }

        if (start < text.Length)
        {
            add(new TextPiece(text[start..], piece.AtStart && start == 0));
        }
    }
}
