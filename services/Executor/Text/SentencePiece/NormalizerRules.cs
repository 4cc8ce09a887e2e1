namespace Fovea.Executor.Text.SentencePiece;

/// <summary>How a SentencePiece model rewrites text before it is cut.</summary>
internal sealed record NormalizerRules
{
    /// <summary>Whether a space is put before every text.</summary>
    /// <value>Default true.</value>
    public bool AddDummyPrefix { get; init; } = true;

    /// <summary>Whether spaces at the ends are removed and runs of them become one.</summary>
    /// <value>Default true.</value>
    public bool RemoveExtraWhitespaces { get; init; } = true;

    /// <summary>Whether a space is written as U+2581.</summary>
    /// <value>Default true.</value>
    public bool EscapeWhitespaces { get; init; } = true;

    /// <summary>Characters to rewrite, or null.</summary>
    public CharacterMap? Map { get; init; }
}
