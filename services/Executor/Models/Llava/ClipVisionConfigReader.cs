using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Llava;

/// <summary>Reads the vision part of a configuration; omitted fields take the values that transformers gives them.</summary>
internal static class ClipVisionConfigReader
{
    private const int MaxSize = 1 << 20;
    private const int MaxLayers = 1024;
    private const int MaxImage = 1 << 14;
    private const double DefaultEpsilon = 1e-5;

    /// <summary>Reads <paramref name="vision"/>; absent, it is the ViT-L/14 at 336 pixels that LLaVA-1.5 means without a word.</summary>
    public static ClipVisionConfig Read(JsonObjectReader? vision) => vision is null ? Large() : ReadFields(vision);

    private static ClipVisionConfig Large() => new()
    {
        HiddenSize = 1024,
        Layers = 24,
        Heads = 16,
        FeedForwardSize = 4096,
        ImageSize = 336,
        PatchSize = 14,
        LayerNormEpsilon = DefaultEpsilon,
        Activation = Activation.QuickGelu,
    };

    private static ClipVisionConfig ReadFields(JsonObjectReader vision)
    {
        if (vision.String("model_type", "clip_vision_model") is var type and not "clip_vision_model")
        {
            vision.Fault("model_type", $"is \"{type}\" where \"clip_vision_model\" is needed");
        }

        const int channels = 3;
        vision.Int("num_channels", channels, channels, channels);
        var config = new ClipVisionConfig
        {
            HiddenSize = vision.Int("hidden_size", 768, 1, MaxSize),
            Layers = vision.Int("num_hidden_layers", 12, 1, MaxLayers),
            Heads = vision.Int("num_attention_heads", 12, 1, MaxSize),
            FeedForwardSize = vision.Int("intermediate_size", 3072, 1, MaxSize),
            ImageSize = vision.Int("image_size", 224, 1, MaxImage),
            PatchSize = vision.Int("patch_size", 32, 1, MaxImage),
            LayerNormEpsilon = vision.Double("layer_norm_eps", DefaultEpsilon, 0, 1),
            Activation = Activations.Read(vision, "hidden_act", Activation.QuickGelu),
        };
        if (config.HiddenSize % config.Heads != 0)
        {
            vision.Fault("hidden_size", $"is {config.HiddenSize}, no multiple of num_attention_heads, {config.Heads}");
        }

        // A convolution with stride drops a rest at the border, so only a patch larger than the image has no grid.
        if (config.PatchSize > config.ImageSize)
        {
            vision.Fault("patch_size", $"is {config.PatchSize}, larger than image_size, {config.ImageSize}");
        }

        return config;
    }
}
