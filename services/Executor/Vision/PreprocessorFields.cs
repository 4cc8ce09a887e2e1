using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>Reads the fields that all image processors have in preprocessor_config.json.</summary>
internal static class PreprocessorFields
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "preprocessor_config.json";

    /// <summary>Reads the file of a checkpoint folder; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static T Read<T>(string folder, Func<JsonObjectReader, T> read)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Load(path, faults);
        var options = document is null ? default : read(new JsonObjectReader(document.RootElement, FileName, "$", faults));
        faults.ThrowIfAny(path);
        return options!;
    }

    /// <summary>Notes a fault where the file is of none of the known processors.</summary>
    public static void CheckType(JsonObjectReader root, params ReadOnlySpan<string> known)
    {
        var field = root.Has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
        if (root.String(field, known[0]) is var type && !known.Contains(type))
        {
            root.Fault(field, $"is \"{type}\", none of {string.Join(", ", known.ToArray())}");
        }
    }

    /// <summary>How bytes become numbers; what is not said is taken from <paramref name="fallback"/>.</summary>
    public static Normalization Normalization(JsonObjectReader root, Normalization fallback)
    {
        var normalizes = root.Bool("do_normalize", true);
        return new Normalization(
            root.Bool("do_rescale", true) ? root.Double("rescale_factor", fallback.RescaleFactor, double.Epsilon, 1e6) : 1,
            normalizes ? Triple(root, "image_mean", fallback.Mean, double.MinValue) : [0, 0, 0],
            normalizes ? Triple(root, "image_std", fallback.Deviation, double.Epsilon) : [1, 1, 1]);
    }

    /// <summary>The filter of the resize; one that is not supported is a fault.</summary>
    public static ResampleFilter Filter(JsonObjectReader root)
    {
        var number = root.Int("resample", (int)ResampleFilter.Bicubic, 0, 5);
        var filter = (ResampleFilter)number;
        if (!Enum.IsDefined(filter))
        {
            root.Fault("resample", $"is {number}; only 1 (Lanczos), 2 (bilinear) and 3 (bicubic) are supported");
        }

        return filter;
    }

    private static IReadOnlyList<double> Triple(JsonObjectReader root, string field, IReadOnlyList<double> fallback, double min)
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
