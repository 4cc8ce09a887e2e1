using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Reads preprocessor_config.json of Qwen2-VL's image processor.</summary>
internal static class PatchOptionsReader
{
    private const int DefaultMin = 56 * 56;
    private const int DefaultMax = 28 * 28 * 1280;

    /// <summary>Reads the options; what the tower says otherwise is a fault.</summary>
    public static PatchOptions Read(JsonObjectReader root, QwenVisionConfig vision)
    {
        PreprocessorFields.CheckType(root, "Qwen2VLImageProcessor", "Qwen2VLImageProcessorFast");
        Require(root, "patch_size", vision.PatchSize);
        Require(root, "temporal_patch_size", vision.FramesPerPatch);
        Require(root, "merge_size", vision.MergeSize);
        if (!root.Bool("do_resize", true))
        {
            root.Fault("do_resize", "is false; images that are no multiples of a square cannot be cut");
        }

        // Newer files write the limits as a size.
        var size = root.Object("size");
        var min = root.OptionalInt("min_pixels", 1, int.MaxValue) ?? size?.OptionalInt("shortest_edge", 1, int.MaxValue) ?? DefaultMin;
        var max = root.OptionalInt("max_pixels", 1, int.MaxValue) ?? size?.OptionalInt("longest_edge", 1, int.MaxValue) ?? DefaultMax;
        if (min > max)
        {
            root.Fault("min_pixels", $"is {min}, over max_pixels, {max}");
        }

        return new PatchOptions(vision.PatchSize, vision.MergeSize, vision.FramesPerPatch)
        {
            MinPixels = min,
            MaxPixels = max,
            Filter = PreprocessorFields.Filter(root),
            Normalization = PreprocessorFields.Normalization(root, Normalization.Clip),
        };
    }

    private static void Require(JsonObjectReader root, string field, int expected)
    {
        if (root.Int(field, expected, 1, int.MaxValue) is var given && given != expected)
        {
            root.Fault(field, $"is {given}, config.json makes it {expected}");
        }
    }
}
