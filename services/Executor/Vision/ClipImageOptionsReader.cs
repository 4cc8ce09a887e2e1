using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Reads preprocessor_config.json of CLIP's image processor, in its older forms too.</summary>
internal static class ClipImageOptionsReader
{
    private const string FileName = PreprocessorFields.FileName;
    private const int MaxSide = 1 << 14;

    /// <summary>Reads the file from a checkpoint folder; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static ClipImageOptions Read(string folder) => PreprocessorFields.Read(folder, ReadRoot);

    /// <summary>Reads the options from the file's bytes.</summary>
    public static ClipImageOptions Parse(ReadOnlyMemory<byte> utf8)
    {
        var faults = new FaultList();
        using var document = JsonFile.Parse(utf8, FileName, faults);
        return Finish(document, FileName, faults);
    }

    private static ClipImageOptions Finish(JsonDocument? document, string subject, FaultList faults)
    {
        var options = document is null ? null : ReadRoot(new JsonObjectReader(document.RootElement, FileName, "$", faults));
        faults.ThrowIfAny(subject);
        return options!;
    }

    private static ClipImageOptions ReadRoot(JsonObjectReader root)
    {
        PreprocessorFields.CheckType(root, "CLIPImageProcessor", "CLIPImageProcessorFast", "CLIPFeatureExtractor");
        if (root.Bool("do_pad", false))
        {
            root.Fault("do_pad", "is true; padding to a square is not supported");
        }

        var resizes = root.Bool("do_resize", true);
        return new ClipImageOptions
        {
            ShortestEdge = resizes ? ReadShortestEdge(root) : null,
            ExactSize = resizes ? ReadSize(root, "size") : null,
            Filter = PreprocessorFields.Filter(root),
            Crop = root.Bool("do_center_crop", true) ? ReadCrop(root) : null,
            Normalization = PreprocessorFields.Normalization(root, Normalization.Clip),
        };
    }

    private static int? ReadShortestEdge(JsonObjectReader root)
    {
        const int fallback = 224;
        if (!root.TryGet("size", out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return root.RequiredInt("size", 1, MaxSide);
        }

        var size = root.Object("size");
        if (size?.Has("shortest_edge") == true)
        {
            return size.RequiredInt("shortest_edge", 1, MaxSide);
        }

        if (size is not null && !(size.Has("height") && size.Has("width")))
        {
            root.Fault("size", "has neither shortest_edge nor height and width");
        }

        return null;
    }

    private static (int Width, int Height)? ReadSize(JsonObjectReader root, string field)
    {
        if (!root.TryGet(field, out var value) || value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var size = root.Object(field)!;
        return size.Has("height") && size.Has("width")
            ? (size.RequiredInt("width", 1, MaxSide), size.RequiredInt("height", 1, MaxSide))
            : null;
    }

    private static (int Width, int Height) ReadCrop(JsonObjectReader root)
    {
        const int fallback = 224;
        if (ReadSize(root, "crop_size") is { } size)
        {
            return size;
        }

        if (root.TryGet("crop_size", out var value) && value.ValueKind == JsonValueKind.Object)
        {
            root.Fault("crop_size", "lacks height and width");
            return (fallback, fallback);
        }

        var side = root.Int("crop_size", fallback, 1, MaxSide);
        return (side, side);
    }
}
