namespace Fovea.Executor.Text.SentencePiece;

/// <summary>A tokenizer.model as read: pieces and how text becomes pieces and back.</summary>
/// <param name="Pieces">All pieces; contents are unique and one piece is <see cref="PieceKind.Unknown"/>.</param>
internal sealed record PieceModel(IReadOnlyList<Piece> Pieces)
{
    /// <summary>The character that stands for a space.</summary>
    public const char Space = '\u2581';

    /// <summary>Whether pieces are merged by rank (BPE) rather than chosen by probability (unigram).</summary>
    public bool IsBpe { get; init; }

    /// <summary>Whether a character without a piece becomes the pieces of its bytes.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>What the unknown piece is decoded to.</summary>
    public string UnknownSurface { get; init; } = " \u2047 ";

    /// <summary>How text is rewritten first.</summary>
    public NormalizerRules Rules { get; init; } = new();

    /// <summary>The id of the unknown piece.</summary>
    public int UnknownId
    {
        get
        {
            for (var id = 0; id < Pieces.Count; id++)
            {
                if (Pieces[id].Kind == PieceKind.Unknown)
                {
                    return id;
                }
            }

            return -1;
        }
    }
}
