using System.Text.Json;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Shapes;

/// <summary>Reads the sizes of a model from the text of its Hugging Face <c>config.json</c>.</summary>
public static class ShapeReader
{
    private const string Known = "llava, llava_next, internvl, internvl_chat, qwen2_vl, qwen2_5_vl, llama, mistral, qwen2";

    /// <summary>Returns the shape, or every fault with its path in the file.</summary>
    /// <param name="configJson">Text of the file.</param>
    /// <param name="name">Name the shape gets.</param>
    public static Checked<ModelShape> Read(string configJson, string name)
    {
        ArgumentNullException.ThrowIfNull(configJson);
        try
        {
            using var document = JsonDocument.Parse(configJson);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, name)
                : PlanFault.Invalid(string.Empty, "the configuration is not a JSON object");
        }
        catch (JsonException exception)
        {
            return PlanFault.Invalid(string.Empty, $"the configuration is not JSON: {exception.Message}");
        }
    }

    private static Checked<ModelShape> Read(JsonElement element, string name)
    {
        var faults = new FaultCollector();
        var root = new ConfigSection(element, string.Empty, faults);
        var modelType = root.Text("model_type", string.Empty);
        var shape = modelType switch
        {
            "llava" or "llava_next" => Llava(root, name),
            "internvl" => InternVl(root, name, "text_config", "vision_feature_layer"),
            "internvl_chat" => InternVl(root, name, "llm_config", "select_layer"),
            "qwen2_vl" or "qwen2_5_vl" => Qwen2Vl(root, name, modelType),
            "llama" or "mistral" or "qwen2" => new ModelShape(name, LanguageReader.Read(root), null, null),
            _ => null,
        };
        if (shape is null)
        {
            return PlanFault.Invalid("model_type", $"'{modelType}' is not supported, known are {Known}");
        }

        return faults.Any ? faults.ToImmutable() : shape with { KvBytesPerElement = ElementBytes(root) };
    }

    private static ModelShape Llava(ConfigSection root, string name)
    {
        var language = LanguageReader.Read(root.Section("text_config"));
        var (vision, features) = VisionReader.Clip(root);
        return new(name, language, vision, new(vision.HiddenSize * features, language.HiddenSize, language.HiddenSize));
    }

    private static ModelShape InternVl(ConfigSection root, string name, string languageKey, string layerKey)
    {
        var language = LanguageReader.Read(root.Section(languageKey));
        var vision = VisionReader.InternVit(root, layerKey, out var merged);
        return new(name, language, vision, new(vision.HiddenSize * merged, language.HiddenSize, language.HiddenSize));
    }

    private static ModelShape Qwen2Vl(ConfigSection root, string name, string modelType)
    {
        var language = LanguageReader.Read(root.Has("text_config") ? root.Section("text_config") : root);
        var vision = modelType == "qwen2_vl" ? VisionReader.Qwen2(root.Section("vision_config")) : VisionReader.Qwen25(root.Section("vision_config"));
        var merged = vision.HiddenSize * vision.TokensPerTile;
        return new(name, language, vision, new(merged, merged, language.HiddenSize));
    }

    private static int ElementBytes(ConfigSection root) => root.Text("dtype", root.Text("torch_dtype", "bfloat16")) == "float32" ? 4 : 2;
}
