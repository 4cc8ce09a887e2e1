using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>Fills LLaVA-1.5's weight records from a weight store.</summary>
internal sealed class LlavaWeights
{
    private readonly WeightStore _store;
    private readonly LlavaConfig _config;

    /// <summary>Reads from <paramref name="store"/>, which owns every tensor.</summary>
    public LlavaWeights(WeightStore store, LlavaConfig config)
    {
        _store = store;
        _config = config;
    }

    /// <summary>Loads the part of the tower that is run.</summary>
    public ClipWeights Tower() => new(
        _store.Load("vision_tower.embeddings.patch_embedding.weight"),
        _store.Load("vision_tower.embeddings.class_embedding"),
        _store.Load("vision_tower.embeddings.position_embedding.weight"),
        Norm("vision_tower.pre_layrnorm"),
        [.. Enumerable.Range(0, _config.VisionLayersUsed).Select(TowerLayer)]);

    /// <summary>Loads the projector.</summary>
    public LlavaProjector Projector() => new(
        Linear("multi_modal_projector.linear_1"), _config.ProjectorActivation, Linear("multi_modal_projector.linear_2"));

    /// <summary>Loads the language model.</summary>
    public DecoderWeights LanguageModel()
    {
        var embedding = _store.Load("language_model.model.embed_tokens.weight");
        var head = _config.Text.TieWordEmbeddings ? embedding : _store.Load("language_model.lm_head.weight");
        var layers = Enumerable.Range(0, _config.Text.Layers).Select(LanguageLayer).ToImmutableArray();
        return new DecoderWeights(embedding, layers, _store.Load("language_model.model.norm.weight"), new Linear(head, null));
    }

    private ClipLayerWeights TowerLayer(int layer)
    {
        var prefix = LlavaWeightTable.TowerLayer(layer);
        return new ClipLayerWeights
        {
            AttentionNorm = Norm(prefix + "layer_norm1"),
            Query = Linear(prefix + "self_attn.q_proj"),
            Key = Linear(prefix + "self_attn.k_proj"),
            Value = Linear(prefix + "self_attn.v_proj"),
            Output = Linear(prefix + "self_attn.out_proj"),
            FeedForwardNorm = Norm(prefix + "layer_norm2"),
            Up = Linear(prefix + "mlp.fc1"),
            Down = Linear(prefix + "mlp.fc2"),
        };
    }

    private DecoderLayerWeights LanguageLayer(int layer)
    {
        var prefix = LlavaWeightTable.LanguageLayer(layer);
        return new DecoderLayerWeights
        {
            AttentionNorm = _store.Load(prefix + "input_layernorm.weight"),
            Query = Linear(prefix + "self_attn.q_proj"),
            Key = Linear(prefix + "self_attn.k_proj"),
            Value = Linear(prefix + "self_attn.v_proj"),
            Output = Linear(prefix + "self_attn.o_proj"),
            FeedForwardNorm = _store.Load(prefix + "post_attention_layernorm.weight"),
            Gate = Linear(prefix + "mlp.gate_proj"),
            Up = Linear(prefix + "mlp.up_proj"),
            Down = Linear(prefix + "mlp.down_proj"),
        };
    }

    private Linear Linear(string name) => new(_store.Load(name + ".weight"), _store.TryLoad(name + ".bias"));

    private LayerNorm Norm(string name) =>
        new(_store.Load(name + ".weight"), _store.Load(name + ".bias"), _config.Vision.LayerNormEpsilon);
}
