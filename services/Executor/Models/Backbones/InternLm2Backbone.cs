using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Backbones;

/// <summary>InternLM2: own names, and queries, keys and values packed by key head in one matrix.</summary>
/// <remarks>
/// Rows of <c>wqkv</c> come in K groups, each of H/K query heads, one key head, one value head. Example, H = 4, K = 2: q0 q1 k0 v0
/// q2 q3 k1 v1. They are taken apart once, at load.
/// </remarks>
internal sealed class InternLm2Backbone : IBackbone
{
    private static readonly DecoderDefaults Defaults = new(4096, 11008, 103168, 2048);

    /// <inheritdoc/>
    public string ModelType => "internlm2";

    /// <inheritdoc/>
    public DecoderConfig Read(JsonObjectReader root, JsonObjectReader text) =>
        DecoderConfigReader.Read(root, text, ModelType, Defaults) with
        {
            AttentionBias = text.Bool("bias", true),
            RopeScaling = ReadScaling(text),
        };

    /// <inheritdoc/>
    public IEnumerable<WeightSpec> Table(DecoderConfig config)
    {
        long width = config.HiddenSize;
        var table = new List<WeightSpec> { new(BackboneNames.Model + "tok_embeddings.weight", [config.VocabularySize, width]) };
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var prefix = BackboneNames.Layer(layer);
            table.Add(new(prefix + "attention_norm.weight", [width]));
            table.Add(new(prefix + "ffn_norm.weight", [width]));
            table.AddRange(WeightSpec.Linear(prefix + "attention.wqkv", config.QuerySize + (2L * config.KeyValueSize), width, config.AttentionBias));
            table.AddRange(WeightSpec.Linear(prefix + "attention.wo", width, config.QuerySize, config.AttentionBias));
            table.AddRange(WeightSpec.Linear(prefix + "feed_forward.w1", config.FeedForwardSize, width, bias: false));
            table.AddRange(WeightSpec.Linear(prefix + "feed_forward.w3", config.FeedForwardSize, width, bias: false));
            table.AddRange(WeightSpec.Linear(prefix + "feed_forward.w2", width, config.FeedForwardSize, bias: false));
        }

        table.Add(new(BackboneNames.Model + "norm.weight", [width]));
        if (!config.TieWordEmbeddings)
        {
            table.Add(new(BackboneNames.Prefix + "output.weight", [config.VocabularySize, width]));
        }

        return table;
    }

    /// <inheritdoc/>
    public DecoderWeights Load(WeightStore store, DecoderConfig config)
    {
        var embedding = store.Load(BackboneNames.Model + "tok_embeddings.weight");
        var head = config.TieWordEmbeddings ? embedding : store.Load(BackboneNames.Prefix + "output.weight");
        var layers = Enumerable.Range(0, config.Layers).Select(layer => LoadLayer(store, config, BackboneNames.Layer(layer))).ToImmutableArray();
        return new DecoderWeights(embedding, layers, store.Load(BackboneNames.Model + "norm.weight"), new Linear(head, null));
    }

    // Dynamic scaling begins beyond max_position_embeddings, where no request is admitted: within, it changes nothing.
    private static RopeScaling? ReadScaling(JsonObjectReader text) =>
        text.Object("rope_scaling") is { } scaling && scaling.String("type", null) == "dynamic" ? null : RopeReader.Scaling(text);

    private static DecoderLayerWeights LoadLayer(WeightStore store, DecoderConfig config, string prefix)
    {
        var groups = config.Heads / config.KeyValueHeads;
        return new DecoderLayerWeights
        {
            AttentionNorm = store.Load(prefix + "attention_norm.weight"),
            Query = Unpack(0, groups),
            Key = Unpack(groups, 1),
            Value = Unpack(groups + 1, 1),
            Output = store.LoadLinear(prefix + "attention.wo"),
            FeedForwardNorm = store.Load(prefix + "ffn_norm.weight"),
            Gate = store.LoadLinear(prefix + "feed_forward.w1"),
            Up = store.LoadLinear(prefix + "feed_forward.w3"),
            Down = store.LoadLinear(prefix + "feed_forward.w2"),
        };

        Linear Unpack(int first, int heads) => store.LoadLinear(prefix + "attention.wqkv", packed => Part(packed, config, first, heads));
    }

    private static Tensor Part(Tensor packed, DecoderConfig config, int first, int heads)
    {
        long[] rest = [.. packed.shape[1..]];
        var grouped = packed.view([config.KeyValueHeads, -1, config.HeadSize, .. rest]); // [K, G + 2, D, C] or [K, G + 2, D]
        return grouped.narrow(1, first, heads).reshape([(long)config.KeyValueHeads * heads * config.HeadSize, .. rest]); // [heads x D, C]
    }
}
