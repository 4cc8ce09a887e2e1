namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Cuts text into words, which the model encodes one by one.</summary>
internal interface IPreTokenizer
{
    /// <summary>Calls <paramref name="add"/> with the words of <paramref name="piece"/> in order; none is empty.</summary>
    void Split(TextPiece piece, Action<TextPiece> add);
}
