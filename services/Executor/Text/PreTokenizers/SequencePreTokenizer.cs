namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Applies pre-tokenizers one after another, each to the words of the one before.</summary>
internal sealed class SequencePreTokenizer : IPreTokenizer
{
    private readonly IReadOnlyList<IPreTokenizer> _steps;

    /// <summary>Applies <paramref name="steps"/> in order.</summary>
    public SequencePreTokenizer(IReadOnlyList<IPreTokenizer> steps) => _steps = steps;

    /// <inheritdoc/>
    public void Split(TextPiece piece, Action<TextPiece> add) => Pass(0, piece, add);

    private void Pass(int step, TextPiece piece, Action<TextPiece> add)
    {
        if (step == _steps.Count)
        {
            add(piece);
        }
        else
        {
            _steps[step].Split(piece, step + 1 == _steps.Count ? add : word => Pass(step + 1, word, add));
        }
    }
}
