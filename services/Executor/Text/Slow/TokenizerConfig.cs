namespace Fovea.Executor.Text.Slow;

/// <summary>What tokenizer_config.json, special_tokens_map.json and added_tokens.json say beside the model's own file.</summary>
internal sealed record TokenizerConfig
{
    /// <summary>Whether the folder has any of the files.</summary>
    public bool Exists { get; init; }

    /// <summary>The class the tokenizer is written for, without the suffix of fast ones; null when it is not said.</summary>
    public string? TokenizerClass { get; init; }

    /// <summary>The special tokens that have a name there, by that name (<c>bos_token</c>, …), in the library's order.</summary>
    public IReadOnlyDictionary<string, string> Named { get; init; } = new Dictionary<string, string>();

    /// <summary>Special tokens without a name (<c>additional_special_tokens</c>).</summary>
    public IReadOnlyList<string> Additional { get; init; } = [];

    /// <summary>Added tokens with ids and rules, by ascending id.</summary>
    public IReadOnlyList<AddedToken> Added { get; init; } = [];

    /// <summary>Whether an id that begins the text is added; null is the class's default.</summary>
    public bool? AddBos { get; init; }

    /// <summary>Whether an id that ends the text is added; null is the class's default.</summary>
    public bool? AddEos { get; init; }

    /// <summary>Whether a space is put before a text; null is the class's default.</summary>
    public bool? AddPrefixSpace { get; init; }

    /// <summary>Whether text after an added token is treated as the beginning of a text.</summary>
    /// <value>Default true, as where the field is missing.</value>
    public bool Legacy { get; init; } = true;
}
