using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Fills the tower's and the merger's weight records from a weight store.</summary>
internal sealed class Qwen2VlWeights
{
    // No configuration names it.
    private const double Epsilon = 1e-6;

    private readonly WeightStore _store;
    private readonly QwenVisionConfig _config;

    /// <summary>Reads from <paramref name="store"/>, which owns every tensor.</summary>
    public Qwen2VlWeights(WeightStore store, QwenVisionConfig config)
    {
        _store = store;
        _config = config;
    }

    /// <summary>Loads the tower.</summary>
    public QwenVisionWeights Tower() => new(
        _store.LoadPart(Qwen2VlNames.PatchEmbedding, kernel => kernel.reshape([_config.HiddenSize, _config.PatchValues])),
        [.. Enumerable.Range(0, _config.Layers).Select(layer => Layer(Qwen2VlNames.Layer(layer)))]);

    /// <summary>Loads the merger.</summary>
    public QwenMerger Merger() => new(
        Norm(Qwen2VlNames.MergerNorm), _store.LoadLinear(Qwen2VlNames.MergerFirst), _store.LoadLinear(Qwen2VlNames.MergerSecond), _config.PatchesPerToken);

    private QwenLayerWeights Layer(string prefix) => new()
    {
        AttentionNorm = Norm(prefix + "norm1"),
        Packed = _store.LoadLinear(prefix + "attn.qkv"),
        Output = _store.LoadLinear(prefix + "attn.proj"),
        FeedForwardNorm = Norm(prefix + "norm2"),
        Gate = _config.IsGated ? _store.LoadLinear(prefix + "mlp.gate_proj") : null,
        Up = _store.LoadLinear(prefix + (_config.IsGated ? "mlp.up_proj" : "mlp.fc1")),
        Down = _store.LoadLinear(prefix + (_config.IsGated ? "mlp.down_proj" : "mlp.fc2")),
    };

    private TowerNorm Norm(string name) => new(_store.Load(name + ".weight"), _store.TryLoad(name + ".bias"), Epsilon);
}
