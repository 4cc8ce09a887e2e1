namespace Fovea.Executor.Text.Unicode;

/// <summary>The normalization forms of Unicode Standard Annex 15.</summary>
internal enum UnicodeForm
{
    /// <summary>NFC.</summary>
    Composed,

    /// <summary>NFD.</summary>
    Decomposed,

    /// <summary>NFKC.</summary>
    CompatibilityComposed,

    /// <summary>NFKD.</summary>
    CompatibilityDecomposed,
}
