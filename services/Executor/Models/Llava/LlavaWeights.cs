using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>Fills LLaVA's weight records from a weight store.</summary>
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
        _store.LoadLinear("multi_modal_projector.linear_1"), _config.ProjectorActivation, _store.LoadLinear("multi_modal_projector.linear_2"));

    private ClipLayerWeights TowerLayer(int layer)
    {
        var prefix = LlavaWeightTable.TowerLayer(layer);
        return new ClipLayerWeights
        {
            AttentionNorm = Norm(prefix + "layer_norm1"),
            Query = _store.LoadLinear(prefix + "self_attn.q_proj"),
            Key = _store.LoadLinear(prefix + "self_attn.k_proj"),
            Value = _store.LoadLinear(prefix + "self_attn.v_proj"),
            Output = _store.LoadLinear(prefix + "self_attn.out_proj"),
            FeedForwardNorm = Norm(prefix + "layer_norm2"),
            Up = _store.LoadLinear(prefix + "mlp.fc1"),
            Down = _store.LoadLinear(prefix + "mlp.fc2"),
        };
    }

    private LayerNorm Norm(string name) =>
        new(_store.Load(name + ".weight"), _store.Load(name + ".bias"), _config.Vision.LayerNormEpsilon);
}
