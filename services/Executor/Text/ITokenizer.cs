namespace Fovea.Executor.Text;

/// <summary>
/// Turns text into token ids and back, exactly as the library does that wrote the tokenizer's file; safe for several threads.
/// </summary>
internal interface ITokenizer
{
    /// <summary>One more than the largest id.</summary>
    int VocabularySize { get; }

    /// <summary>The tokens added beside the model's vocabulary, by ascending id.</summary>
    IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>
    /// The ids of <paramref name="text"/>; added tokens written in it, special ones too, become their ids, so this is for trusted text.
    /// Half surrogate pairs count as U+FFFD.
    /// </summary>
    int[] Encode(string text, bool addSpecialTokens);

    /// <summary>
    /// The ids of a prompt: text that can never become a special or reserved token, and tokens placed between. Throws
    /// <see cref="PromptException"/> when a control token is none of this tokenizer.
    /// </summary>
    int[] Encode(PromptParts prompt, bool addSpecialTokens);

    /// <summary>The text of <paramref name="ids"/>; ids outside the vocabulary give nothing.</summary>
    string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens);

    /// <summary>A decoder for ids that arrive one by one; its deltas, concatenated, equal <see cref="Decode"/> of all ids.</summary>
    StreamingDetokenizer StartDecoding(bool skipSpecialTokens);

    /// <summary>The id of a token by its content, or null.</summary>
    int? IdOf(string token);

    /// <summary>The content of a token by its id, or null.</summary>
    string? TokenOf(int id);

    /// <summary>Whether the id is a special token, which is left out of answers.</summary>
    bool IsSpecial(int id);
}
