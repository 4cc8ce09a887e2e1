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
    public void Split(TextPiece piece, List<TextPiece> words)
    {
        if (_addPrefixSpace && !piece.Content.StartsWith(' '))
        {
            piece = piece with { Content = ' ' + piece.Content };
        }

        var first = words.Count;
        if (_split is null)
        {
            words.Add(piece);
        }
        else
        {
            _split.Split(piece, words);
        }

        for (var index = first; index < words.Count; index++)
        {
            words[index] = words[index] with { Content = ByteAlphabet.Encode(words[index].Content) };
        }
    }
}
