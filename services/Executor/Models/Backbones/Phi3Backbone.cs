using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Backbones;

/// <summary>Phi-3: queries, keys and values stacked in one matrix, gate and up in another; rotary factors for long contexts.</summary>
/// <remarks>
/// Of the two factor lists the one for short contexts is used, and a request is limited to the context of the first training
/// (<c>original_max_position_embeddings</c>): the list for longer ones would change the angles of tokens already in the cache.
/// </remarks>
internal sealed class Phi3Backbone : IBackbone
{
    private static readonly DecoderDefaults Defaults = new(3072, 8192, 32064, 4096) { Epsilon = 1e-5 };

    /// <inheritdoc/>
    public string ModelType => "phi3";

    /// <inheritdoc/>
    public DecoderConfig Read(JsonObjectReader root, JsonObjectReader text)
    {
        var config = DecoderConfigReader.Read(root, text, ModelType, Defaults);
        if (text.Object("rope_scaling") is not { } scaling || scaling.String("type", scaling.String("rope_type", null)) is not ("su" or "longrope"))
        {
            return config with { RopeScaling = RopeReader.Scaling(text) };
        }

        var trained = text.Int("original_max_position_embeddings", 4096, 2, int.MaxValue);
        return config with
        {
            RopeScaling = RopeReader.LongRope(scaling, config, trained),
            MaxPositions = Math.Min(config.MaxPositions, trained),
        };
    }

    /// <inheritdoc/>
    public IEnumerable<WeightSpec> Table(DecoderConfig config)
    {
        long width = config.HiddenSize;
        var table = new List<WeightSpec> { new(BackboneNames.Model + "embed_tokens.weight", [config.VocabularySize, width]) };
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var prefix = BackboneNames.Layer(layer);
            table.Add(new(prefix + "input_layernorm.weight", [width]));
            table.Add(new(prefix + "post_attention_layernorm.weight", [width]));
            table.Add(new(prefix + "self_attn.qkv_proj.weight", [config.QuerySize + (2L * config.KeyValueSize), width]));
            table.Add(new(prefix + "self_attn.o_proj.weight", [width, config.QuerySize]));
            table.Add(new(prefix + "mlp.gate_up_proj.weight", [2L * config.FeedForwardSize, width]));
            table.Add(new(prefix + "mlp.down_proj.weight", [width, config.FeedForwardSize]));
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
        var layers = Enumerable.Range(0, config.Layers).Select(layer => LoadLayer(store, config, BackboneNames.Layer(layer))).ToImmutableArray();
        return new DecoderWeights(embedding, layers, store.Load(BackboneNames.Model + "norm.weight"), new Linear(head, null));
    }

    private static DecoderLayerWeights LoadLayer(WeightStore store, DecoderConfig config, string prefix)
    {
        var (queries, keys, inner) = (config.QuerySize, config.KeyValueSize, config.FeedForwardSize);
        return new DecoderLayerWeights
        {
            AttentionNorm = store.Load(prefix + "input_layernorm.weight"),
            Query = Rows("self_attn.qkv_proj", 0, queries),
            Key = Rows("self_attn.qkv_proj", queries, keys),
            Value = Rows("self_attn.qkv_proj", queries + keys, keys),
            Output = store.LoadLinear(prefix + "self_attn.o_proj"),
            FeedForwardNorm = store.Load(prefix + "post_attention_layernorm.weight"),
            Gate = Rows("mlp.gate_up_proj", 0, inner),
            Up = Rows("mlp.gate_up_proj", inner, inner),
            Down = store.LoadLinear(prefix + "mlp.down_proj"),
        };

        Linear Rows(string name, int start, int count) => store.LoadLinear(prefix + name, packed => packed.narrow(0, start, count));
    }
}
