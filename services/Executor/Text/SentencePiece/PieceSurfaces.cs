using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>What the pieces of a model are decoded to.</summary>
internal sealed class PieceSurfaces
{
    private readonly Dictionary<string, PieceKind> _kinds;
    private readonly NormalizerRules _rules;
    private readonly string _unknownSurface;

    /// <summary>Takes over what decoding needs of a model.</summary>
    public PieceSurfaces(PieceModel model)
    {
        _rules = model.Rules;
        _unknownSurface = model.UnknownSurface;
        _kinds = model.Pieces
            .Where(static piece => piece.Kind is PieceKind.Unknown or PieceKind.Control or PieceKind.Byte)
            .ToDictionary(static piece => piece.Content, static piece => piece.Kind, StringComparer.Ordinal);
    }

    /// <summary>The byte that a piece stands for, or null.</summary>
    public byte? ByteOf(string piece) =>
        _kinds.TryGetValue(piece, out var kind) && kind == PieceKind.Byte && ByteTokens.TryParse(piece, out var value) ? value : null;

    /// <summary>
    /// The text of a piece; <paramref name="isAtStart"/> when no text came before it, where the space put in front is left out.
    /// </summary>
    public string TextOf(string piece, bool isAtStart, out bool tookPrefix)
    {
        tookPrefix = false;
        if (_kinds.TryGetValue(piece, out var kind))
        {
            return kind == PieceKind.Unknown ? _unknownSurface : string.Empty;
        }

        var strips = isAtStart && (_rules.AddDummyPrefix || _rules.RemoveExtraWhitespaces) && piece[0] == PieceModel.Space;
        tookPrefix = strips && !_rules.RemoveExtraWhitespaces;
        return (strips ? piece[1..] : piece).Replace(PieceModel.Space, ' ');
    }
}
