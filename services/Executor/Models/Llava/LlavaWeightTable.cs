using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>Names and shapes of every tensor of a LLaVA checkpoint.</summary>
internal static class LlavaWeightTable
{
    private const string Tower = "vision_tower.";

    /// <summary>Maps a name of any known checkpoint generation to the one used here; null for tensors without meaning.</summary>
    /// <remarks>Known are the -hf layout's names, and those of the tower with and without <c>vision_model</c>. Stored position ids are
    /// computed, not read.</remarks>
    public static string? Canonical(string name)
    {
        if (name.EndsWith("embeddings.position_ids", StringComparison.Ordinal))
        {
            return null;
        }

        const string inner = Tower + "vision_model.";
        return BackboneNames.Canonical(name) is { } plain && plain.StartsWith(inner, StringComparison.Ordinal)
            ? Tower + plain[inner.Length..]
            : BackboneNames.Canonical(name);
    }

    /// <summary>Lists every tensor of the model that <paramref name="config"/> describes.</summary>
    public static IReadOnlyList<WeightSpec> Of(LlavaConfig config)
    {
        var table = new List<WeightSpec>();
        AddTower(table, config);
        AddProjector(table, config);
        table.AddRange(BackboneCatalog.Table(config.Text));
        return table;
    }

    /// <summary>Prefix of one layer of the tower.</summary>
    public static string TowerLayer(int layer) => $"{Tower}encoder.layers.{layer}.";

    private static void AddTower(List<WeightSpec> table, LlavaConfig config)
    {
        var vision = config.Vision;
        long width = vision.HiddenSize;
        table.Add(new(Tower + "embeddings.class_embedding", [width]));
        table.Add(new(Tower + "embeddings.patch_embedding.weight", [width, 3, vision.PatchSize, vision.PatchSize]));
        table.Add(new(Tower + "embeddings.position_embedding.weight", [(vision.GridSize * vision.GridSize) + 1, width]));
        AddNorm(table, Tower + "pre_layrnorm", width, isRun: true);
        for (var layer = 0; layer < vision.Layers; layer++)
        {
            AddTowerLayer(table, vision, layer, layer < config.VisionLayersUsed);
        }

        AddNorm(table, Tower + "post_layernorm", width, isRun: false);
    }

    private static void AddTowerLayer(List<WeightSpec> table, ClipVisionConfig vision, int layer, bool isRun)
    {
        var prefix = TowerLayer(layer);
        long width = vision.HiddenSize;
        AddNorm(table, prefix + "layer_norm1", width, isRun);
        AddNorm(table, prefix + "layer_norm2", width, isRun);
        foreach (var part in (string[])["q_proj", "k_proj", "v_proj", "out_proj"])
        {
            AddLinear(table, $"{prefix}self_attn.{part}", (width, width), isRun);
        }

        AddLinear(table, prefix + "mlp.fc1", (vision.FeedForwardSize, width), isRun);
        AddLinear(table, prefix + "mlp.fc2", (width, vision.FeedForwardSize), isRun);
    }

    private static void AddProjector(List<WeightSpec> table, LlavaConfig config)
    {
        long width = config.Text.HiddenSize;
        Add("multi_modal_projector.linear_1", width, config.Vision.HiddenSize);
        Add("multi_modal_projector.linear_2", width, width);

        void Add(string name, long rows, long columns)
        {
            table.Add(new(name + ".weight", [rows, columns]));
            if (config.ProjectorBias)
            {
                table.Add(new(name + ".bias", [rows]));
            }
        }
    }

    private static void AddNorm(List<WeightSpec> table, string name, long width, bool isRun)
    {
        table.Add(new(name + ".weight", [width], isRun));
        table.Add(new(name + ".bias", [width], isRun));
    }

    private static void AddLinear(List<WeightSpec> table, string name, (long Rows, long Columns) shape, bool isRun)
    {
        table.Add(new(name + ".weight", [shape.Rows, shape.Columns], isRun));
        table.Add(new(name + ".bias", [shape.Rows], isRun));
    }
}
