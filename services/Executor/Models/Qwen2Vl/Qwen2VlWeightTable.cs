using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Names and shapes of every tensor of a Qwen2-VL or Qwen2.5-VL checkpoint.</summary>
internal static class Qwen2VlWeightTable
{
    /// <summary>Lists every tensor of the model that <paramref name="config"/> describes.</summary>
    public static IReadOnlyList<WeightSpec> Of(Qwen2VlConfig config)
    {
        var vision = config.Vision;
        long width = vision.HiddenSize;
        var merged = width * vision.PatchesPerToken;
        var table = new List<WeightSpec>
        {
            new(Qwen2VlNames.PatchEmbedding, [width, 3, vision.FramesPerPatch, vision.PatchSize, vision.PatchSize]),
        };
        for (var layer = 0; layer < vision.Layers; layer++)
        {
            AddLayer(table, vision, Qwen2VlNames.Layer(layer));
        }

        table.AddRange(WeightSpec.Norm(Qwen2VlNames.MergerNorm, width, !vision.IsGated));
        table.AddRange(WeightSpec.Linear(Qwen2VlNames.MergerFirst, merged, merged, bias: true));
        table.AddRange(WeightSpec.Linear(Qwen2VlNames.MergerSecond, config.Text.HiddenSize, merged, bias: true));
        table.AddRange(BackboneCatalog.Table(config.Text));
        return table;
    }

    private static void AddLayer(List<WeightSpec> table, QwenVisionConfig vision, string prefix)
    {
        long width = vision.HiddenSize;
        table.AddRange(WeightSpec.Norm(prefix + "norm1", width, !vision.IsGated));
        table.AddRange(WeightSpec.Norm(prefix + "norm2", width, !vision.IsGated));
        table.AddRange(WeightSpec.Linear(prefix + "attn.qkv", 3 * width, width, bias: true));
        table.AddRange(WeightSpec.Linear(prefix + "attn.proj", width, width, bias: true));
        string[] inputs = vision.IsGated ? ["mlp.gate_proj", "mlp.up_proj"] : ["mlp.fc1"];
        foreach (var input in inputs)
        {
            table.AddRange(WeightSpec.Linear(prefix + input, vision.FeedForwardSize, width, bias: true));
        }

        table.AddRange(WeightSpec.Linear(prefix + (vision.IsGated ? "mlp.down_proj" : "mlp.fc2"), width, vision.FeedForwardSize, bias: true));
    }
}
