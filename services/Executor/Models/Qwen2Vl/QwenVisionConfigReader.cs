using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Reads the vision part of Qwen2-VL's and Qwen2.5-VL's configuration; omitted fields take transformers' values.</summary>
internal static class QwenVisionConfigReader
{
    private const int MaxSize = 1 << 20;
    private const int MaxLayers = 1024;
    private const int MaxPatch = 1 << 10;

    /// <summary>Reads the part of a Qwen2-VL.</summary>
    public static QwenVisionConfig ReadFirst(JsonObjectReader vision, DecoderConfig text)
    {
        var hidden = vision.Int("embed_dim", 1280, 1, MaxSize);
        RequireWidth(vision, "hidden_size", 3584, text);
        return Check(vision, "embed_dim", ReadShared(vision) with
        {
            HiddenSize = hidden,
            FeedForwardSize = Math.Max(1, (int)(hidden * vision.Double("mlp_ratio", 4, 1e-3, 1e3))),
            Activation = Activations.Read(vision, "hidden_act", Activation.QuickGelu),
        });
    }

    /// <summary>Reads the part of a Qwen2.5-VL.</summary>
    public static QwenVisionConfig ReadWindowed(JsonObjectReader vision, DecoderConfig text)
    {
        RequireWidth(vision, "out_hidden_size", 3584, text);
        var shared = ReadShared(vision);
        var square = shared.PatchSize * shared.MergeSize;
        var window = vision.Int("window_size", 112, 1, 1 << 14);
        if (window < square)
        {
            vision.Fault("window_size", $"is {window} pixels, less than the {square} of one vision token");
        }

        if (Activations.Read(vision, "hidden_act", Activation.Silu) is var activation and not Activation.Silu)
        {
            vision.Fault("hidden_act", $"is {activation}; only silu is supported in a gated tower");
        }

        return Check(vision, "hidden_size", shared with
        {
            HiddenSize = vision.Int("hidden_size", 3584, 1, MaxSize),
            FeedForwardSize = vision.Int("intermediate_size", 3420, 1, MaxSize),
            Activation = Activation.Silu,
            IsGated = true,
            WindowSquares = Math.Max(1, window / square),
            FullLayers = ReadFullLayers(vision, shared.Layers),
        });
    }

    private static QwenVisionConfig ReadShared(JsonObjectReader vision)
    {
        const int channels = 3;
        vision.Int(vision.Has("in_chans") ? "in_chans" : "in_channels", channels, channels, channels);
        return new QwenVisionConfig
        {
            HiddenSize = 1,
            Layers = vision.Int("depth", 32, 1, MaxLayers),
            Heads = vision.Int("num_heads", 16, 1, MaxSize),
            FeedForwardSize = 1,
            PatchSize = vision.Int("patch_size", 14, 1, MaxPatch),
            FramesPerPatch = vision.Int("temporal_patch_size", 2, 1, MaxPatch),
            MergeSize = vision.Int("spatial_merge_size", 2, 1, MaxPatch),
            Activation = Activation.QuickGelu,
        };
    }

    private static void RequireWidth(JsonObjectReader vision, string field, int fallback, DecoderConfig text)
    {
        if (vision.Int(field, fallback, 1, MaxSize) is var width && width != text.HiddenSize)
        {
            vision.Fault(field, $"is {width}, the language model's hidden_size {text.HiddenSize}");
        }
    }

    private static QwenVisionConfig Check(JsonObjectReader vision, string field, QwenVisionConfig config)
    {
        if (config.HiddenSize % config.Heads != 0 || config.HeadSize % 4 != 0)
        {
            vision.Fault(field, $"is {config.HiddenSize}; {config.Heads} heads need a multiple of 4 each for rows and columns");
        }

        return config;
    }

    private static ImmutableHashSet<int> ReadFullLayers(JsonObjectReader vision, int layers)
    {
        if (!vision.Has("fullatt_block_indexes"))
        {
            return [7, 15, 23, 31];
        }

        var full = vision.Array("fullatt_block_indexes")
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var layer) ? layer : -1)
            .ToImmutableHashSet();
        if (full.Any(layer => layer < 0 || layer >= layers))
        {
            vision.Fault("fullatt_block_indexes", $"names a layer outside [0, {layers - 1}]");
        }

        return full;
    }
}
