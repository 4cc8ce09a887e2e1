namespace Fovea.Executor.Text.Normalizers;

/// <summary>Rewrites text before it is cut and encoded.</summary>
internal interface INormalizer
{
    /// <summary>The rewritten text; well-formed when <paramref name="text"/> is.</summary>
    string Normalize(string text);

    /// <summary>The rewritten text of a piece, for rewriting that depends on where the piece stands.</summary>
    string Normalize(TextPiece piece) => Normalize(piece.Content);
}
