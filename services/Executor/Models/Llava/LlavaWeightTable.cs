using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>Names and shapes of every tensor of a LLaVA-1.5 checkpoint.</summary>
internal static class LlavaWeightTable
{
    private const string Tower = "vision_tower.";
    private const string Language = "language_model.model.";

    /// <summary>Maps a name of any known checkpoint generation to the one used here; null for tensors without meaning.</summary>
    /// <remarks>
    /// Known are the hub's original names (<c>vision_tower.vision_model.*</c>, <c>language_model.model.*</c>), those without
    /// <c>vision_model</c>, and those of a model saved whole (<c>model.vision_tower.*</c>, <c>model.language_model.*</c>,
    /// <c>lm_head.weight</c>). Stored rotary frequencies and position ids are computed, not read.
    /// </remarks>
    public static string? Canonical(string name)
    {
        if (name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal) || name.EndsWith("embeddings.position_ids", StringComparison.Ordinal))
        {
            return null;
        }

        var plain = name switch
        {
            "lm_head.weight" => "language_model.lm_head.weight",
            _ when name.StartsWith("model.language_model.", StringComparison.Ordinal) => Language + name["model.language_model.".Length..],
            _ when name.StartsWith("model.", StringComparison.Ordinal) => name["model.".Length..],
            _ => name,
        };
        return plain.StartsWith("vision_tower.vision_model.", StringComparison.Ordinal)
            ? Tower + plain["vision_tower.vision_model.".Length..]
            : plain;
    }

    /// <summary>Lists every tensor of the model that <paramref name="config"/> describes.</summary>
    public static IReadOnlyList<WeightSpec> Of(LlavaConfig config)
    {
        var table = new List<WeightSpec>();
        AddTower(table, config);
        AddProjector(table, config);
        AddLanguageModel(table, config.Text);
        return table;
    }

    /// <summary>Prefix of one layer of the tower.</summary>
    public static string TowerLayer(int layer) => $"{Tower}encoder.layers.{layer}.";

    /// <summary>Prefix of one layer of the language model.</summary>
    public static string LanguageLayer(int layer) => $"{Language}layers.{layer}.";

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

    private static void AddLanguageModel(List<WeightSpec> table, LlamaConfig text)
    {
        long width = text.HiddenSize;
        table.Add(new(Language + "embed_tokens.weight", [text.VocabularySize, width]));
        for (var layer = 0; layer < text.Layers; layer++)
        {
            AddLanguageLayer(table, text, LanguageLayer(layer));
        }

        table.Add(new(Language + "norm.weight", [width]));
        if (!text.TieWordEmbeddings)
        {
            table.Add(new("language_model.lm_head.weight", [text.VocabularySize, width]));
        }
    }

    private static void AddLanguageLayer(List<WeightSpec> table, LlamaConfig text, string prefix)
    {
        long width = text.HiddenSize;
        long queries = text.Heads * text.HeadSize;
        long keys = text.KeyValueHeads * text.HeadSize;
        table.Add(new(prefix + "input_layernorm.weight", [width]));
        table.Add(new(prefix + "post_attention_layernorm.weight", [width]));
        Add("self_attn.q_proj", queries, width, text.AttentionBias);
        Add("self_attn.k_proj", keys, width, text.AttentionBias);
        Add("self_attn.v_proj", keys, width, text.AttentionBias);
        Add("self_attn.o_proj", width, queries, text.AttentionBias);
        Add("mlp.gate_proj", text.FeedForwardSize, width, text.MlpBias);
        Add("mlp.up_proj", text.FeedForwardSize, width, text.MlpBias);
        Add("mlp.down_proj", width, text.FeedForwardSize, text.MlpBias);

        void Add(string name, long rows, long columns, bool bias)
        {
            table.Add(new($"{prefix}{name}.weight", [rows, columns]));
            if (bias)
            {
                table.Add(new($"{prefix}{name}.bias", [rows]));
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
