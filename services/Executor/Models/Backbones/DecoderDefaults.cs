namespace Fovea.Executor.Models.Backbones;

/// <summary>What transformers takes for the fields that a text configuration leaves out.</summary>
/// <param name="HiddenSize">Default of hidden_size.</param>
/// <param name="FeedForwardSize">Default of intermediate_size.</param>
/// <param name="VocabularySize">Default of vocab_size.</param>
/// <param name="MaxPositions">Default of max_position_embeddings.</param>
internal sealed record DecoderDefaults(int HiddenSize, int FeedForwardSize, int VocabularySize, int MaxPositions)
{
    /// <summary>Default of num_hidden_layers.</summary>
    public int Layers { get; init; } = 32;

    /// <summary>Default of num_attention_heads.</summary>
    public int Heads { get; init; } = 32;

    /// <summary>Default of num_key_value_heads; null for as many as heads.</summary>
    public int? KeyValueHeads { get; init; }

    /// <summary>Default of rms_norm_eps.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Whether the q, k and v projections have biases although no field says so.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>Default of tie_word_embeddings where neither the text part nor the root says.</summary>
    public bool TieWordEmbeddings { get; init; }
}
