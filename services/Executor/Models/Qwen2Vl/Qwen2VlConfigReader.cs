using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Reads the config.json of Qwen2-VL and Qwen2.5-VL, the language model's fields at the root or in <c>text_config</c>.</summary>
internal static class Qwen2VlConfigReader
{
    /// <summary>The model_type of Qwen2-VL.</summary>
    public const string FirstType = "qwen2_vl";

    /// <summary>The model_type of Qwen2.5-VL.</summary>
    public const string WindowedType = "qwen2_5_vl";

    private const string FileName = "config.json";
    private const int MaxSize = 1 << 20;
    private const int DefaultImageToken = 151655;

    private static readonly DecoderDefaults FirstDefaults = new(8192, 29568, 152064, 32768)
    {
        Layers = 80,
        Heads = 64,
        KeyValueHeads = 8,
        Epsilon = 1e-5,
        QueryKeyValueBias = true,
    };

    /// <summary>Reads a checkpoint folder; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static Qwen2VlConfig Read(string folder)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Load(path, faults);
        return Finish(document, path, faults);
    }

    /// <summary>Reads the configuration from its bytes.</summary>
    public static Qwen2VlConfig Parse(ReadOnlyMemory<byte> utf8)
    {
        var faults = new FaultList();
        using var document = JsonFile.Parse(utf8, FileName, faults);
        return Finish(document, FileName, faults);
    }

    private static Qwen2VlConfig Finish(JsonDocument? document, string subject, FaultList faults)
    {
        var config = document is null ? null : ReadRoot(new JsonObjectReader(document.RootElement, FileName, "$", faults));
        faults.ThrowIfAny(subject);
        return config!;
    }

    private static Qwen2VlConfig ReadRoot(JsonObjectReader root)
    {
        var type = root.RequiredString("model_type");
        if (type is not (FirstType or WindowedType))
        {
            root.Fault("model_type", $"is \"{type}\" where \"{FirstType}\" or \"{WindowedType}\" is needed");
        }

        var text = ReadText(root, root.Object("text_config") ?? root);
        var part = root.RequiredObject("vision_config") ?? root;
        return new Qwen2VlConfig
        {
            Text = text,
            Vision = type == WindowedType ? QwenVisionConfigReader.ReadWindowed(part, text) : QwenVisionConfigReader.ReadFirst(part, text),
            ImageTokenId = root.Int("image_token_id", DefaultImageToken, 0, text.VocabularySize - 1),
        };
    }

    private static DecoderConfig ReadText(JsonObjectReader root, JsonObjectReader text)
    {
        var config = DecoderConfigReader.Read(root, text, "qwen2", FirstDefaults);
        var field = text.Has("rope_parameters") ? "rope_parameters" : "rope_scaling";
        var scaling = text.Object(field);
        if (scaling?.String("rope_type", scaling.String("type", "mrope")) is { } kind && kind is not ("mrope" or "default"))
        {
            scaling.Fault("rope_type", $"is \"{kind}\"; only \"mrope\" and \"default\" are supported");
        }

        return config with { RotarySections = ReadSections(text, scaling, field, config.HeadSize / 2) };
    }

    private static ImmutableArray<int> ReadSections(JsonObjectReader text, JsonObjectReader? scaling, string field, int pairs)
    {
        if (scaling is null || !scaling.Has("mrope_section"))
        {
            text.Fault(field, "has no mrope_section: rotary pairs cannot be shared between time, row and column");
            return [pairs, 0, 0];
        }

        var sections = scaling.Array("mrope_section")
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var count) && count is > 0 and < MaxSize ? count : 0)
            .ToImmutableArray();
        if (sections.Length != PromptPositions.Axes || sections.Contains(0) || sections.Sum() != pairs)
        {
            scaling.Fault("mrope_section", $"is [{string.Join(", ", sections)}], not {PromptPositions.Axes} numbers above 0 that make half the head size, {pairs}");
            return [pairs, 0, 0];
        }

        return sections;
    }
}
