using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Backbones;

/// <summary>Llama and those that name their tensors like it: one matrix for each projection.</summary>
internal sealed class StandardBackbone : IBackbone
{
    private readonly DecoderDefaults _defaults;

    /// <summary>Makes the backbone of one model type.</summary>
    public StandardBackbone(string modelType, DecoderDefaults defaults)
    {
        ModelType = modelType;
        _defaults = defaults;
    }

    /// <inheritdoc/>
    public string ModelType { get; }

    /// <inheritdoc/>
    public DecoderConfig Read(JsonObjectReader root, JsonObjectReader text) =>
        DecoderConfigReader.Read(root, text, ModelType, _defaults) with { RopeScaling = RopeReader.Scaling(text) };

    /// <inheritdoc/>
    public IEnumerable<WeightSpec> Table(DecoderConfig config)
    {
        long width = config.HiddenSize;
        var table = new List<WeightSpec> { new(BackboneNames.Model + "embed_tokens.weight", [config.VocabularySize, width]) };
        for (var layer = 0; layer < config.Layers; layer++)
        {
            AddLayer(table, config, BackboneNames.Layer(layer));
        }

        table.Add(new(BackboneNames.Model + "norm.weight", [width]));
        if (!config.TieWordEmbeddings)
        {
            table.Add(new(BackboneNames.Head, [config.VocabularySize, width]));
        }

        return table;
    }

    /// <inheritdoc/>
    public DecoderWeights Load(WeightStore store, DecoderConfig config)
    {
        var embedding = store.Load(BackboneNames.Model + "embed_tokens.weight");
        var head = config.TieWordEmbeddings ? embedding : store.Load(BackboneNames.Head);
        var layers = Enumerable.Range(0, config.Layers).Select(layer => LoadLayer(store, BackboneNames.Layer(layer))).ToImmutableArray();
        return new DecoderWeights(embedding, layers, store.Load(BackboneNames.Model + "norm.weight"), new Linear(head, null));
    }

    private static void AddLayer(List<WeightSpec> table, DecoderConfig config, string prefix)
    {
        long width = config.HiddenSize;
        var inputBias = config.AttentionBias || config.QueryKeyValueBias;
        table.Add(new(prefix + "input_layernorm.weight", [width]));
        table.Add(new(prefix + "post_attention_layernorm.weight", [width]));
        Add("self_attn.q_proj", config.QuerySize, width, inputBias);
        Add("self_attn.k_proj", config.KeyValueSize, width, inputBias);
        Add("self_attn.v_proj", config.KeyValueSize, width, inputBias);
        Add("self_attn.o_proj", width, config.QuerySize, config.AttentionBias);
        Add("mlp.gate_proj", config.FeedForwardSize, width, config.MlpBias);
        Add("mlp.up_proj", config.FeedForwardSize, width, config.MlpBias);
        Add("mlp.down_proj", width, config.FeedForwardSize, config.MlpBias);

        void Add(string name, long rows, long columns, bool bias) => table.AddRange(WeightSpec.Linear(prefix + name, rows, columns, bias));
    }

    private static DecoderLayerWeights LoadLayer(WeightStore store, string prefix) => new()
    {
        AttentionNorm = store.Load(prefix + "input_layernorm.weight"),
        Query = store.LoadLinear(prefix + "self_attn.q_proj"),
        Key = store.LoadLinear(prefix + "self_attn.k_proj"),
        Value = store.LoadLinear(prefix + "self_attn.v_proj"),
        Output = store.LoadLinear(prefix + "self_attn.o_proj"),
        FeedForwardNorm = store.Load(prefix + "post_attention_layernorm.weight"),
        Gate = store.LoadLinear(prefix + "mlp.gate_proj"),
        Up = store.LoadLinear(prefix + "mlp.up_proj"),
        Down = store.LoadLinear(prefix + "mlp.down_proj"),
    };
}
