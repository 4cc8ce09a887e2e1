using System.Text.Json;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Llava;

/// <summary>
/// Reads the config.json of LLaVA-1.5 in the forms that transformers 4 and 5 write, with the defaults those versions apply to omitted
/// fields.
/// </summary>
internal static class LlavaConfigReader
{
    /// <summary>The model_type this reader accepts.</summary>
    public const string ModelType = "llava";

    private const string FileName = "config.json";
    private const int DefaultImageToken = 32000;
    private const int DefaultFeatureLayer = -2;

    /// <summary>
    /// Reads <c>config.json</c> in <paramref name="folder"/>; throws <see cref="CheckpointException"/> naming every fault.
    /// </summary>
    public static LlavaConfig Read(string folder)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Load(path, faults);
        return Finish(document, path, faults);
    }

    /// <summary>Reads the configuration from its bytes.</summary>
    public static LlavaConfig Parse(ReadOnlyMemory<byte> utf8)
    {
        var faults = new FaultList();
        using var document = JsonFile.Parse(utf8, FileName, faults);
        return Finish(document, FileName, faults);
    }

    private static LlavaConfig Finish(JsonDocument? document, string subject, FaultList faults)
    {
        var config = document is null ? null : ReadRoot(new JsonObjectReader(document.RootElement, FileName, "$", faults));
        faults.ThrowIfAny(subject);
        return config!;
    }

    private static LlavaConfig ReadRoot(JsonObjectReader root)
    {
        CheckKind(root, ModelType, "LlavaForConditionalGeneration");
        var text = BackboneCatalog.Read(root, "text_config", "llama");
        var config = ReadParts(root, text);
        CheckLength(root, config);
        return config;
    }

    /// <summary>Reads what all LLaVA families share.</summary>
    /// <param name="root">The whole configuration.</param>
    /// <param name="text">The language model, read before.</param>
    public static LlavaConfig ReadParts(JsonObjectReader root, DecoderConfig text)
    {
        var vision = ClipVisionConfigReader.Read(root.Object("vision_config"));
        var selection = root.String("vision_feature_select_strategy", "default");
        if (selection is not ("default" or "full"))
        {
            root.Fault("vision_feature_select_strategy", $"is \"{selection}\", neither \"default\" nor \"full\"");
        }

        var imageField = root.Has("image_token_id") ? "image_token_id" : "image_token_index";
        var config = new LlavaConfig
        {
            Text = text,
            Vision = vision,
            ProjectorActivation = Activations.Read(root, "projector_hidden_act", Activation.Gelu),
            ProjectorBias = root.Bool("multimodal_projector_bias", true),
            ImageTokenId = root.Int(imageField, DefaultImageToken, 0, text.VocabularySize - 1),
            VisionLayersUsed = ReadFeatureLayer(root, vision.Layers),
            FeatureSelection = selection == "full" ? FeatureSelection.All : FeatureSelection.Patches,
        };
        if (config.ImageTokenId >= text.VocabularySize)
        {
            root.Fault(imageField, $"is {config.ImageTokenId} by default, beyond the {text.VocabularySize} tokens of text_config.vocab_size");
        }

        return config;
    }

    /// <summary>Notes a fault where the configuration is of another family.</summary>
    public static void CheckKind(JsonObjectReader root, string modelType, string architecture)
    {
        var given = root.RequiredString("model_type");
        if (given.Length > 0 && given != modelType)
        {
            root.Fault("model_type", $"is \"{given}\" where \"{modelType}\" is needed");
        }

        foreach (var element in root.Array("architectures"))
        {
            if (element.ValueKind != JsonValueKind.String || element.GetString() != architecture)
            {
                root.Fault("architectures", $"names {JsonKinds.Show(element)} where \"{architecture}\" is needed");
            }
        }
    }

    private static int ReadFeatureLayer(JsonObjectReader root, int layers)
    {
        if (root.TryGet("vision_feature_layer", out var value) && value.ValueKind == JsonValueKind.Array)
        {
            root.Fault("vision_feature_layer", "is a list; features of several layers side by side are not supported, only one layer is");
            return 0;
        }

        var layer = root.Int("vision_feature_layer", DefaultFeatureLayer, -(layers + 1), layers);
        return layer < 0 ? layer + layers + 1 : layer;
    }

    private static void CheckLength(JsonObjectReader root, LlavaConfig config)
    {
        if (root.OptionalInt("image_seq_length", 1, int.MaxValue) is { } length && length != config.VisionTokens)
        {
            // transformers writes its own default of 576 whatever the tower, so only a wrong explicit number is worth a refusal.
            const int writtenByDefault = 576;
            if (length != writtenByDefault)
            {
                root.Fault("image_seq_length", $"is {length} and the vision tower gives {config.VisionTokens} tokens");
            }
        }
    }
}
