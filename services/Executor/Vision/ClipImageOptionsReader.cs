using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Reads preprocessor_config.json of CLIP's image processor, in its older forms too.</summary>
internal static class ClipImageOptionsReader
{
    private const string FileName = "preprocessor_config.json";
    private const int MaxSide = 1 << 14;
    private const double DefaultRescale = 1.0 / 255;

    private static readonly double[] ClipMean = [0.48145466, 0.4578275, 0.40821073];
    private static readonly double[] ClipDeviation = [0.26862954, 0.26130258, 0.27577711];
    private static readonly string[] Processors = ["CLIPImageProcessor", "CLIPImageProcessorFast", "CLIPFeatureExtractor"];

    /// <summary>Reads the file from a checkpoint folder; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static ClipImageOptions Read(string folder)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Load(path, faults);
        return Finish(document, path, faults);
    }

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
        var typeField = root.Has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
        if (root.String(typeField, Processors[0]) is var type && !Processors.Contains(type, StringComparer.Ordinal))
        {
            root.Fault(typeField, $"is \"{type}\", none of {string.Join(", ", Processors)}");
        }

        if (root.Bool("do_pad", false))
        {
            root.Fault("do_pad", "is true; padding to a square is not supported");
        }

        var resizes = root.Bool("do_resize", true);
        var normalizes = root.Bool("do_normalize", true);
        return new ClipImageOptions
        {
            ShortestEdge = resizes ? ReadShortestEdge(root) : null,
            ExactSize = resizes ? ReadSize(root, "size") : null,
            Filter = ReadFilter(root),
            Crop = root.Bool("do_center_crop", true) ? ReadCrop(root) : null,
            RescaleFactor = root.Bool("do_rescale", true) ? root.Double("rescale_factor", DefaultRescale, double.Epsilon, 1e6) : 1,
            Mean = normalizes ? ReadTriple(root, "image_mean", ClipMean, double.MinValue) : [0, 0, 0],
            Deviation = normalizes ? ReadTriple(root, "image_std", ClipDeviation, double.Epsilon) : [1, 1, 1],
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

    private static ResampleFilter ReadFilter(JsonObjectReader root)
    {
        var number = root.Int("resample", (int)ResampleFilter.Bicubic, 0, 5);
        var filter = (ResampleFilter)number;
        if (!Enum.IsDefined(filter))
        {
            root.Fault("resample", $"is {number}; only 1 (Lanczos), 2 (bilinear) and 3 (bicubic) are supported");
        }

        return filter;
    }

    private static double[] ReadTriple(JsonObjectReader root, string field, double[] fallback, double min)
    {
        if (!root.Has(field))
        {
            return fallback;
        }

        var values = root.Array(field).ToList();
        var numbers = new double[values.Count];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (values[index].ValueKind != JsonValueKind.Number || !values[index].TryGetDouble(out numbers[index]) || !(numbers[index] >= min))
            {
                root.Fault(field, $"holds {JsonKinds.Show(values[index])}, which is no number that can be used");
                return fallback;
            }
        }

        if (numbers.Length != RgbPixels.Channels)
        {
            root.Fault(field, $"has {numbers.Length} numbers where {RgbPixels.Channels} are needed");
            return fallback;
        }

        return numbers;
    }
}
