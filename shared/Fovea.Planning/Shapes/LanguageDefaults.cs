namespace Fovea.Planning.Shapes;

/// <summary>Gives what a Hugging Face text configuration means where it leaves a size out.</summary>
/// <param name="HiddenSize">Default of hidden_size.</param>
/// <param name="FfnSize">Default of intermediate_size.</param>
/// <param name="Layers">Default of num_hidden_layers.</param>
/// <param name="Heads">Default of num_attention_heads.</param>
/// <param name="KvHeads">Default of num_key_value_heads; null for as many as heads.</param>
/// <param name="VocabSize">Default of vocab_size.</param>
internal sealed record LanguageDefaults(int? HiddenSize, int? FfnSize, int? Layers, int? Heads, int? KvHeads, int? VocabSize)
{
    /// <summary>Returns the defaults of a model type; a type that is not known has to give every size.</summary>
    /// <remarks>The published configurations of LLaVA-1.5 leave out what equals the default of Llama.</remarks>
    public static LanguageDefaults Of(string modelType) => modelType switch
    {
        "llama" => new(4096, 11008, 32, 32, null, 32000),
        "mistral" => new(4096, 14336, 32, 32, 8, 32000),
        _ => new(null, null, null, null, null, null),
    };
}
