using System.Text.Json;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Reads the config.json of InternVL, in the original layout and in that of transformers.</summary>
internal static class InternVlConfigReader
{
    /// <summary>The model_type of transformers' layout.</summary>
    public const string HfType = "internvl";

    /// <summary>The model_type of the original layout.</summary>
    public const string ChatType = "internvl_chat";

    /// <summary>The image placeholder of the original layout.</summary>
    public const string ImageToken = "<IMG_CONTEXT>";

    private const string FileName = "config.json";
    private const int DefaultHfImageToken = 151667;

    /// <summary>Reads a checkpoint folder; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static InternVlConfig Read(string folder)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Load(path, faults);
        return Finish(document, folder, path, faults);
    }

    /// <summary>Reads the configuration from its bytes.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="folder">Holds the tokenizer's files, which alone tell the image placeholder in the original layout.</param>
    public static InternVlConfig Parse(ReadOnlyMemory<byte> utf8, string folder)
    {
        var faults = new FaultList();
        using var document = JsonFile.Parse(utf8, FileName, faults);
        return Finish(document, folder, FileName, faults);
    }

    /// <summary>Reads how a checkpoint of the original layout cuts its images.</summary>
    public static (int MinTiles, int MaxTiles, bool Thumbnail) ReadTiling(JsonDocument document, FaultList faults)
    {
        const int most = 1 << 10;
        var root = Root(document, faults);
        var min = root.Int("min_dynamic_patch", 1, 1, most);
        var max = root.Int("max_dynamic_patch", 6, 1, most);
        if (min > max)
        {
            root.Fault("min_dynamic_patch", $"is {min}, over max_dynamic_patch, {max}");
        }

        if (root.Bool("pad2square", false))
        {
            root.Fault("pad2square", "is true; padding to a square is not supported");
        }

        return root.Bool("dynamic_image_size", true) ? (min, max, root.Bool("use_thumbnail", true)) : (1, 1, false);
    }

    private static InternVlConfig Finish(JsonDocument? document, string folder, string subject, FaultList faults)
    {
        var config = document is null ? null : ReadRoot(Root(document, faults), folder);
        faults.ThrowIfAny(subject);
        return config!;
    }

    private static JsonObjectReader Root(JsonDocument document, FaultList faults) => new(document.RootElement, FileName, "$", faults);

    private static InternVlConfig ReadRoot(JsonObjectReader root, string folder)
    {
        switch (root.RequiredString("model_type"))
        {
            case HfType:
                return ReadHf(root);
            case ChatType:
                return ReadChat(root, folder);
            case var other:
                root.Fault("model_type", $"is \"{other}\" where \"{HfType}\" or \"{ChatType}\" is needed");
                return ReadHf(root);
        }
    }

    private static InternVlConfig ReadHf(JsonObjectReader root)
    {
        var text = BackboneCatalog.Read(root, "text_config", "qwen2", "llama", "mistral");
        var vision = InternVitConfigReader.ReadHf(root.Object("vision_config"), root);
        if (root.String("vision_feature_select_strategy", "default") is var strategy and not "default")
        {
            root.Fault("vision_feature_select_strategy", $"is \"{strategy}\"; only \"default\" is supported");
        }

        return Join(root, InternVlNames.Hf, text, vision) with
        {
            VisionLayersUsed = ReadLayer(root, "vision_feature_layer", vision.Layers),
            ProjectorActivation = Activations.Read(root, "projector_hidden_act", Activation.Gelu),
            ImageTokenId = root.Int("image_token_id", DefaultHfImageToken, 0, text.VocabularySize - 1),
        };
    }

    private static InternVlConfig ReadChat(JsonObjectReader root, string folder)
    {
        var text = BackboneCatalog.Read(root, "llm_config", "internlm2", "qwen2", "phi3", "llama", "mistral");
        var vision = InternVitConfigReader.ReadChat(root.Object("vision_config"), root);
        var version = root.String("ps_version", "v1");
        if (version is not ("v1" or "v2"))
        {
            root.Fault("ps_version", $"is \"{version}\", neither \"v1\" nor \"v2\"");
        }

        var token = AddedTokenIds.Find(folder, ImageToken, root.Faults);
        if (token is { } id && id >= text.VocabularySize)
        {
            root.Fault("llm_config", $"has {text.VocabularySize} tokens, {ImageToken} is number {id}");
        }

        return Join(root, InternVlNames.Chat, text, vision) with
        {
            VisionLayersUsed = ReadLayer(root, "select_layer", vision.Layers),
            IsTransposed = version == "v1",
            ImageTokenId = token ?? 0,
        };
    }

    private static InternVlConfig Join(JsonObjectReader root, InternVlNames names, DecoderConfig text, InternVitConfig vision)
    {
        var ratio = root.Double("downsample_ratio", 0.5, 1e-3, 1);
        var square = (int)Math.Round(1 / ratio);
        if (Math.Abs(square - (1 / ratio)) > 1e-9 || vision.GridSize % square != 0)
        {
            root.Fault("downsample_ratio", $"is {ratio}, which merges no whole squares of a grid of {vision.GridSize} x {vision.GridSize} patches");
            square = 1;
        }

        return new InternVlConfig
        {
            Names = names,
            Text = text,
            Vision = vision,
            VisionLayersUsed = vision.Layers,
            Shuffle = square,
            IsTransposed = false,
            ProjectorActivation = Activation.Gelu,
            ImageTokenId = 0,
        };
    }

    private static int ReadLayer(JsonObjectReader root, string field, int layers)
    {
        var layer = root.Int(field, -1, -(layers + 1), layers);
        return layer < 0 ? layer + layers + 1 : layer;
    }
}
