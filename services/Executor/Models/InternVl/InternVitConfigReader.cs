using System.Text.Json;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Reads the vision part of an InternVL configuration; omitted fields take the values that the reference code gives them.</summary>
internal static class InternVitConfigReader
{
    private const int MaxSize = 1 << 20;
    private const int MaxLayers = 1024;
    private const int MaxImage = 1 << 14;
    private const double DefaultEpsilon = 1e-6;

    /// <summary>Reads the part in transformers' layout.</summary>
    public static InternVitConfig ReadHf(JsonObjectReader? vision, JsonObjectReader root)
    {
        vision = Part(vision, root);
        if (vision.String("model_type", "internvl_vision") is var type and not "internvl_vision")
        {
            vision.Fault("model_type", $"is \"{type}\" where \"internvl_vision\" is needed");
        }

        if (!vision.Bool("use_mean_pooling", true))
        {
            vision.Fault("use_mean_pooling", "is false; a norm after the tower is not supported");
        }

        if (!vision.Bool("use_absolute_position_embeddings", true))
        {
            vision.Fault("use_absolute_position_embeddings", "is false; a tower without them is not supported");
        }

        return Check(vision, new InternVitConfig
        {
            HiddenSize = vision.Int("hidden_size", 1024, 1, MaxSize),
            Layers = vision.Int("num_hidden_layers", 24, 1, MaxLayers),
            Heads = vision.Int("num_attention_heads", 16, 1, MaxSize),
            FeedForwardSize = vision.Int("intermediate_size", 4096, 1, MaxSize),
            ImageSize = ReadSide(vision, "image_size", 448),
            PatchSize = ReadSide(vision, "patch_size", 14),
            Epsilon = vision.Double("layer_norm_eps", DefaultEpsilon, 0, 1),
            Activation = Activations.Read(vision, "hidden_act", Activation.Gelu),
            QueryKeyValueBias = vision.Bool("attention_bias", false),
            NormalizesQueriesAndKeys = vision.Bool("use_qk_norm", false),
            HasRmsNorms = ReadNorm(vision, "layer_norm"),
        });
    }

    /// <summary>Reads the part in the original layout.</summary>
    public static InternVitConfig ReadChat(JsonObjectReader? vision, JsonObjectReader root)
    {
        vision = Part(vision, root);
        var size = ReadSide(vision, "image_size", 224);
        if (root.OptionalInt("force_image_size", 1, MaxImage) is { } forced && forced != size)
        {
            root.Fault("force_image_size", $"is {forced} and vision_config.image_size {size}; position embeddings are not interpolated");
        }

        return Check(vision, new InternVitConfig
        {
            HiddenSize = vision.Int("hidden_size", 3200, 1, MaxSize),
            Layers = vision.Int("num_hidden_layers", 48, 1, MaxLayers),
            Heads = vision.Int("num_attention_heads", 25, 1, MaxSize),
            FeedForwardSize = vision.Int("intermediate_size", 12800, 1, MaxSize),
            ImageSize = size,
            PatchSize = ReadSide(vision, "patch_size", 14),
            Epsilon = vision.Double("layer_norm_eps", DefaultEpsilon, 0, 1),
            Activation = Activations.Read(vision, "hidden_act", Activation.Gelu),
            QueryKeyValueBias = vision.Bool("qkv_bias", false),
            NormalizesQueriesAndKeys = vision.Bool("qk_normalization", true),
            HasRmsNorms = ReadNorm(vision, "rms_norm"),
        });
    }

    private static JsonObjectReader Part(JsonObjectReader? vision, JsonObjectReader root)
    {
        if (vision is null)
        {
            root.Fault("vision_config", "is missing or no object");
        }
        else
        {
            const int channels = 3;
            vision.Int("num_channels", channels, channels, channels);
        }

        return vision ?? root;
    }

    private static InternVitConfig Check(JsonObjectReader vision, InternVitConfig config)
    {
        if (config.HiddenSize % config.Heads != 0)
        {
            vision.Fault("hidden_size", $"is {config.HiddenSize}, no multiple of num_attention_heads, {config.Heads}");
        }

        if (config.PatchSize > config.ImageSize)
        {
            vision.Fault("patch_size", $"is {config.PatchSize}, larger than image_size, {config.ImageSize}");
        }

        return config;
    }

    private static bool ReadNorm(JsonObjectReader vision, string fallback)
    {
        var norm = vision.String("norm_type", fallback);
        if (norm is not ("layer_norm" or "rms_norm"))
        {
            vision.Fault("norm_type", $"is \"{norm}\", neither \"layer_norm\" nor \"rms_norm\"");
        }

        return norm == "rms_norm";
    }

    private static int ReadSide(JsonObjectReader vision, string field, int fallback)
    {
        if (!vision.TryGet(field, out var value) || value.ValueKind != JsonValueKind.Array)
        {
            return vision.Int(field, fallback, 1, MaxImage);
        }

        var sides = value.EnumerateArray().Select(side => side.ValueKind == JsonValueKind.Number && side.TryGetInt32(out var pixels) ? pixels : 0).ToArray();
        if (sides.Length == 2 && sides[0] == sides[1] && sides[0] is >= 1 and <= MaxImage)
        {
            return sides[0];
        }

        vision.Fault(field, $"is {JsonKinds.Show(value)}, not twice the same side in [1, {MaxImage}]");
        return fallback;
    }
}
