using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Backbones;

/// <summary>Reads the text part of a configuration; omitted fields take the values that transformers gives that model type.</summary>
internal static class DecoderConfigReader
{
    private const int MaxSize = 1 << 20;
    private const int MaxLayers = 1024;
    private const int MaxVocabulary = 1 << 24;

    /// <summary>Reads the fields that all backbones share.</summary>
    /// <param name="root">Asked for fields that stand beside the text part.</param>
    /// <param name="text">The text part.</param>
    /// <param name="modelType">Name of the backbone.</param>
    /// <param name="defaults">Its defaults.</param>
    public static DecoderConfig Read(JsonObjectReader root, JsonObjectReader text, string modelType, DecoderDefaults defaults)
    {
        var hidden = text.Int("hidden_size", defaults.HiddenSize, 1, MaxSize);
        var heads = text.Int("num_attention_heads", defaults.Heads, 1, MaxSize);
        var config = new DecoderConfig
        {
            ModelType = modelType,
            HiddenSize = hidden,
            Layers = text.Int("num_hidden_layers", defaults.Layers, 1, MaxLayers),
            Heads = heads,
            KeyValueHeads = text.Int("num_key_value_heads", defaults.KeyValueHeads ?? heads, 1, MaxSize),
            HeadSize = text.Int("head_dim", Math.Max(1, hidden / heads), 1, MaxSize),
            FeedForwardSize = text.Int("intermediate_size", defaults.FeedForwardSize, 1, MaxSize),
            VocabularySize = text.Int("vocab_size", defaults.VocabularySize, 1, MaxVocabulary),
            RmsNormEpsilon = text.Double("rms_norm_eps", defaults.Epsilon, 0, 1),
            RopeTheta = RopeReader.Theta(text),
            MaxPositions = ReadPositions(text, defaults),
            TieWordEmbeddings = (text.Has("tie_word_embeddings") ? text : root).Bool("tie_word_embeddings", defaults.TieWordEmbeddings),
            AttentionBias = text.Bool("attention_bias", false),
            QueryKeyValueBias = defaults.QueryKeyValueBias,
            MlpBias = text.Bool("mlp_bias", false),
        };
        Check(text, config);
        return config;
    }

    /// <summary>Positions that can be served: no more than a sliding window holds, within which it changes nothing.</summary>
    private static int ReadPositions(JsonObjectReader text, DecoderDefaults defaults)
    {
        var positions = text.Int("max_position_embeddings", defaults.MaxPositions, 1, int.MaxValue);
        var slides = text.Bool("use_sliding_window", true);
        return slides && text.OptionalInt("sliding_window", 1, int.MaxValue) is { } window ? Math.Min(positions, window) : positions;
    }

    private static void Check(JsonObjectReader text, DecoderConfig config)
    {
        if (!text.Has("head_dim") && config.HiddenSize % config.Heads != 0)
        {
            text.Fault("hidden_size", $"is {config.HiddenSize}, no multiple of num_attention_heads, {config.Heads}, and no head_dim is given");
        }

        if (config.Heads % config.KeyValueHeads != 0)
        {
            text.Fault("num_key_value_heads", $"is {config.KeyValueHeads}, which does not divide num_attention_heads, {config.Heads}");
        }

        if (config.HeadSize % 2 != 0)
        {
            text.Fault("head_dim", $"is {config.HeadSize}: rotary embeddings need an even number");
        }

        if (Activations.Read(text, "hidden_act", Activation.Silu) is var activation and not Activation.Silu)
        {
            text.Fault("hidden_act", $"is {activation}; only silu is supported in the language model");
        }
    }
}
