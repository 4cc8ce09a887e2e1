namespace Fovea.Executor.Text;

/// <summary>A stretch of text on its way to the model.</summary>
/// <param name="Content">The text as it is so far.</param>
/// <param name="AtStart">Whether it begins where the whole input begins.</param>
internal readonly record struct TextPiece(string Content, bool AtStart);
