namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Applies pre-tokenizers one after another, each to the words of the one before.</summary>
internal sealed class SequencePreTokenizer : IPreTokenizer
{
    private readonly IReadOnlyList<IPreTokenizer> _steps;

    /// <summary>Applies <paramref name="steps"/> in order.</summary>
    public SequencePreTokenizer(IReadOnlyList<IPreTokenizer> steps) => _steps = steps;

    /// <inheritdoc/>
    public void Split(TextPiece piece, List<TextPiece> words)
    {
        List<TextPiece> current = [piece];
        foreach (var step in _steps)
        {
            var next = new List<TextPiece>(current.Count);
            foreach (var word in current)
            {
                step.Split(word, next);
            }

            current = next;
        }

        words.AddRange(current);
    }
}
