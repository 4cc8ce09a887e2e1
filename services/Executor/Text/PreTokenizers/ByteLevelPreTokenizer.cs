namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Cuts text as GPT-2 does and writes each word's bytes as visible characters.</summary>
internal sealed class ByteLevelPreTokenizer : IPreTokenizer
{
    /// <summary>GPT-2's expression.</summary>
    public const string Expression = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private readonly SplitPreTokenizer? _split;
    private readonly bool _addPrefixSpace;

    /// <summary>Cuts by <paramref name="pattern"/>, or not at all when it is null.</summary>
    public ByteLevelPreTokenizer(ITextPattern? pattern, bool addPrefixSpace)
    {
        _split = pattern is null ? null : new SplitPreTokenizer(pattern, SplitBehavior.Isolated, invert: false);
        _addPrefixSpace = addPrefixSpace;
    }

    /// <inheritdoc/>
    public void Split(TextPiece piece, Action<TextPiece> add)
    {
        if (_addPrefixSpace && !piece.Content.StartsWith(' '))
        {
            piece = piece with { Content = ' ' + piece.Content };
        }

        if (_split is null)
        {
            add(piece with { Content = ByteAlphabet.Encode(piece.Content) });
        }
        else
        {
            _split.Split(piece, word => add(word with { Content = ByteAlphabet.Encode(word.Content) }));
        }
    }
}
