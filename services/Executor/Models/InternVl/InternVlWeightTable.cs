using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Names and shapes of every tensor of an InternVL checkpoint, in either layout.</summary>
internal static class InternVlWeightTable
{
    /// <summary>Maps a name of the -hf layout to the canonical one; null for tensors without meaning at inference.</summary>
    public static string? CanonicalHf(string name) =>
        name.EndsWith("embeddings.mask_token", StringComparison.Ordinal) ? null : BackboneNames.Canonical(name);

    /// <summary>Maps a name of the original layout to the canonical one, which is the same; null for rotary frequencies.</summary>
    public static string? CanonicalChat(string name) => name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal) ? null : name;

    /// <summary>Lists every tensor of the model that <paramref name="config"/> describes.</summary>
    public static IReadOnlyList<WeightSpec> Of(InternVlConfig config)
    {
        var table = new List<WeightSpec>();
        AddEmbeddings(table, config);
        for (var layer = 0; layer < config.Vision.Layers; layer++)
        {
            AddLayer(table, config, layer);
        }

        long width = config.Text.HiddenSize;
        table.AddRange(WeightSpec.Norm(config.Names.ProjectorNorm, config.MergedSize, bias: true));
        table.AddRange(WeightSpec.Linear(config.Names.ProjectorFirst, width, config.MergedSize, bias: true));
        table.AddRange(WeightSpec.Linear(config.Names.ProjectorSecond, width, width, bias: true));
        table.AddRange(BackboneCatalog.Table(config.Text));
        return table;
    }

    private static void AddEmbeddings(List<WeightSpec> table, InternVlConfig config)
    {
        var (vision, names) = (config.Vision, config.Names);
        long width = vision.HiddenSize;
        table.Add(new(names.ClassEmbedding, [1, 1, width]));
        table.Add(new(names.PatchEmbedding + ".weight", [width, 3, vision.PatchSize, vision.PatchSize]));
        table.Add(new(names.PatchEmbedding + ".bias", [width]));
        table.Add(new(names.PositionEmbedding, [1, (vision.GridSize * vision.GridSize) + 1, width]));
    }

    private static void AddLayer(List<WeightSpec> table, InternVlConfig config, int layer)
    {
        var (vision, names, prefix) = (config.Vision, config.Names, config.Names.Layer(layer));
        var isRun = layer < config.VisionLayersUsed;
        long width = vision.HiddenSize;
        table.AddRange(WeightSpec.Norm(prefix + names.FirstNorm, width, !vision.HasRmsNorms, isRun));
        table.AddRange(WeightSpec.Norm(prefix + names.SecondNorm, width, !vision.HasRmsNorms, isRun));
        table.Add(new(prefix + names.FirstScale, [width], isRun));
        table.Add(new(prefix + names.SecondScale, [width], isRun));
        if (names.Packed is { } packed)
        {
            table.AddRange(WeightSpec.Linear(prefix + packed, 3 * width, width, vision.QueryKeyValueBias, isRun));
        }
        else
        {
            table.AddRange(WeightSpec.Linear(prefix + names.Attention + "q_proj", width, width, vision.QueryKeyValueBias, isRun));
            table.AddRange(WeightSpec.Linear(prefix + names.Attention + "k_proj", width, width, vision.QueryKeyValueBias, isRun));
            table.AddRange(WeightSpec.Linear(prefix + names.Attention + "v_proj", width, width, vision.QueryKeyValueBias, isRun));
        }

        if (vision.NormalizesQueriesAndKeys)
        {
            table.Add(new(prefix + names.Attention + "q_norm.weight", [width], isRun));
            table.Add(new(prefix + names.Attention + "k_norm.weight", [width], isRun));
        }

        table.AddRange(WeightSpec.Linear(prefix + names.Output, width, width, bias: true, isRun));
        table.AddRange(WeightSpec.Linear(prefix + "mlp.fc1", vision.FeedForwardSize, width, bias: true, isRun));
        table.AddRange(WeightSpec.Linear(prefix + "mlp.fc2", width, vision.FeedForwardSize, bias: true, isRun));
    }
}
