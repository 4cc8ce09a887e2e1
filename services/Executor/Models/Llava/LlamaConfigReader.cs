using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Llava;

/// <summary>Reads the text part of a configuration; omitted fields take the values of a Llama 7B, as in transformers.</summary>
internal static class LlamaConfigReader
{
    private const int MaxSize = 1 << 20;
    private const int MaxLayers = 1024;
    private const int MaxVocabulary = 1 << 24;
    private const int DefaultHidden = 4096;
    private const int DefaultFeedForward = 11008;
    private const int DefaultLayers = 32;
    private const int DefaultHeads = 32;
    private const int DefaultVocabulary = 32000;
    private const int DefaultPositions = 2048;
    private const double DefaultEpsilon = 1e-6;

    /// <summary>
    /// Reads <paramref name="text"/>, which may be absent; <paramref name="root"/> is asked for fields that stand beside it.
    /// </summary>
    public static LlamaConfig Read(JsonObjectReader root, JsonObjectReader? text)
    {
        if (text is null)
        {
            root.Fault("text_config", "is missing");
            text = root;
        }
        else if (text.String("model_type", "llama") is var type and not "llama")
        {
            text.Fault("model_type", $"is \"{type}\" where \"llama\" is needed");
        }

        var hidden = text.Int("hidden_size", DefaultHidden, 1, MaxSize);
        var heads = text.Int("num_attention_heads", DefaultHeads, 1, MaxSize);
        var config = new LlamaConfig
        {
            HiddenSize = hidden,
            Layers = text.Int("num_hidden_layers", DefaultLayers, 1, MaxLayers),
            Heads = heads,
            KeyValueHeads = text.Int("num_key_value_heads", heads, 1, MaxSize),
            HeadSize = text.Int("head_dim", Math.Max(1, hidden / heads), 1, MaxSize),
            FeedForwardSize = text.Int("intermediate_size", DefaultFeedForward, 1, MaxSize),
            VocabularySize = text.Int("vocab_size", DefaultVocabulary, 1, MaxVocabulary),
            RmsNormEpsilon = text.Double("rms_norm_eps", DefaultEpsilon, 0, 1),
            RopeTheta = RopeReader.Theta(text),
            RopeScaling = RopeReader.Scaling(text),
            MaxPositions = text.Int("max_position_embeddings", DefaultPositions, 1, int.MaxValue),
            TieWordEmbeddings = text.Has("tie_word_embeddings") ? text.Bool("tie_word_embeddings", false) : root.Bool("tie_word_embeddings", false),
            AttentionBias = text.Bool("attention_bias", false),
            MlpBias = text.Bool("mlp_bias", false),
            Activation = Activations.Read(text, "hidden_act", Activation.Silu),
        };
        Check(text, config);
        return config;
    }

    private static void Check(JsonObjectReader text, LlamaConfig config)
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
    }
}
