using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.LlavaNext;

/// <summary>Reads the config.json of LLaVA-NeXT (1.6).</summary>
internal static class LlavaNextConfigReader
{
    /// <summary>The model_type this reader accepts.</summary>
    public const string ModelType = "llava_next";

    private const string FileName = "config.json";
    private const string Pinpoints = "image_grid_pinpoints";
    private const int MaxSide = 1 << 14;

    /// <summary>Reads a checkpoint folder; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static LlavaNextConfig Read(string folder)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Load(path, faults);
        return Finish(document, path, faults);
    }

    /// <summary>Reads the configuration from its bytes.</summary>
    public static LlavaNextConfig Parse(ReadOnlyMemory<byte> utf8)
    {
        var faults = new FaultList();
        using var document = JsonFile.Parse(utf8, FileName, faults);
        return Finish(document, FileName, faults);
    }

    /// <summary>Reads the canvases, written as pairs of height and width; one that is no multiple of a tile is a fault.</summary>
    public static ImmutableArray<ImageSize> ReadCanvases(JsonObjectReader root, int tile)
    {
        var canvases = ImmutableArray.CreateBuilder<ImageSize>();
        foreach (var element in root.Array(Pinpoints))
        {
            if (ReadPair(element) is { } size && size.Width % tile == 0 && size.Height % tile == 0)
            {
                canvases.Add(size);
            }
            else
            {
                root.Fault(Pinpoints, $"holds {JsonKinds.Show(element)}, no height and width that are multiples of {tile}");
            }
        }

        if (canvases.Count == 0)
        {
            root.Fault(Pinpoints, "names no canvas");
            canvases.Add(new ImageSize(tile, tile));
        }

        return canvases.ToImmutable();
    }

    private static LlavaNextConfig Finish(JsonDocument? document, string subject, FaultList faults)
    {
        var config = document is null ? null : ReadRoot(new JsonObjectReader(document.RootElement, FileName, "$", faults));
        faults.ThrowIfAny(subject);
        return config!;
    }

    private static LlavaNextConfig ReadRoot(JsonObjectReader root)
    {
        LlavaConfigReader.CheckKind(root, ModelType, "LlavaNextForConditionalGeneration");
        var parts = LlavaConfigReader.ReadParts(root, BackboneCatalog.Read(root, "text_config", "llama", "mistral", "qwen2"));
        if (!root.Bool("use_image_newline_parameter", true))
        {
            root.Fault("use_image_newline_parameter", "is false; checkpoints without line ends are not supported");
        }

        if (parts.FeatureSelection != FeatureSelection.Patches)
        {
            root.Fault("vision_feature_select_strategy", "is \"full\"; tiles with a class row are not supported");
        }

        return new LlavaNextConfig(parts, ReadCanvases(root, parts.Vision.ImageSize));
    }

    private static ImageSize? ReadPair(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 2)
        {
            return null;
        }

        var (height, width) = (Side(element[0]), Side(element[1]));
        return height > 0 && width > 0 ? new ImageSize(width, height) : null;
    }

    private static int Side(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var side) && side is > 0 and <= MaxSide ? side : 0;
}
