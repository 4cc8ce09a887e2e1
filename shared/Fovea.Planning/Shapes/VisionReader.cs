namespace Fovea.Planning.Shapes;

/// <summary>Reads the sizes of vision encoders from a configuration.</summary>
internal static class VisionReader
{
    private const int Rgb = 3;

    /// <summary>Returns a CLIP tower, and how many of its layers are concatenated for the projector.</summary>
    public static (VisionShape Vision, int Features) Clip(ConfigSection root)
    {
        var section = root.Section("vision_config");
        var layers = section.Size("num_hidden_layers");
        var (run, features) = root.FeatureLayer("vision_feature_layer", -2, layers);
        var (patches, elements) = Grid(section, section.Sides("image_size"));
        var withClassToken = root.Text("vision_feature_select_strategy", "default") == "full";
        var vision = new VisionShape(
            layers, section.Size("hidden_size"), section.Size("intermediate_size"), patches + 1, withClassToken ? patches + 1 : patches)
        {
            LayersRun = run,
            PatchElements = elements,
        };
        return (vision, features);
    }

    /// <summary>Returns an InternViT; <paramref name="merged"/> patches become one vision token.</summary>
    public static VisionShape InternVit(ConfigSection root, string layerKey, out int merged)
    {
        var section = root.Section("vision_config");
        var layers = section.Size("num_hidden_layers");
        var sides = root.Has("force_image_size") ? root.Sides("force_image_size") : section.Sides("image_size");
        var (patches, elements) = Grid(section, sides);
        var ratio = root.Positive("downsample_ratio", 0.5);
        merged = Math.Max(1, (int)Math.Round(1 / (ratio * ratio)));
        if (patches % merged != 0)
        {
            root.Fault("downsample_ratio", $"{merged} patches become one vision token, which does not divide {patches} patches");
        }

        return new VisionShape(layers, section.Size("hidden_size"), section.Size("intermediate_size"), patches + 1, Math.Max(1, patches / merged))
        {
            LayersRun = root.FeatureLayer(layerKey, -1, layers).Run,
            PatchElements = elements,
        };
    }

    /// <summary>Returns a Qwen2-VL encoder of native resolution; a tile is one merged square of patches.</summary>
    public static VisionShape Qwen2(ConfigSection section)
    {
        var hidden = section.Size("embed_dim");
        var ffn = (int)Math.Round(hidden * section.Positive("mlp_ratio", 4));
        return Native(section, hidden, ffn);
    }

    /// <summary>Returns a Qwen2.5-VL encoder; its windowed layers are counted as full attention, an upper bound.</summary>
    public static VisionShape Qwen25(ConfigSection section) =>
        Native(section, section.Size("hidden_size"), section.Size("intermediate_size")) with { FfnMatrices = 3 };

    private static VisionShape Native(ConfigSection section, int hidden, int ffn)
    {
        var merge = section.Size("spatial_merge_size", 2);
        var (height, width) = section.Sides("patch_size", 14);
        return new VisionShape(section.Size("depth"), hidden, ffn, merge * merge, 1)
        {
            PatchElements = Rgb * height * width * section.Size("temporal_patch_size", 2),
            AttentionSpansTiles = true,
        };
    }

    private static (int Patches, int Elements) Grid(ConfigSection section, (int Height, int Width) image)
    {
        var (height, width) = section.Sides("patch_size", 14);
        if (image.Height < height || image.Width < width)
        {
            section.Fault("patch_size", $"a patch of {height} x {width} does not fit an image of {image.Height} x {image.Width}");
            return (1, 1);
        }

        return (image.Height / height * (image.Width / width), Rgb * height * width);
    }
}
