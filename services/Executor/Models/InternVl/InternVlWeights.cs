using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Fills InternVL's weight records from a weight store.</summary>
internal sealed class InternVlWeights
{
    // The projector's norm, and the norms of queries and keys in the -hf layout, have constants that no configuration names.
    private const double ProjectorEpsilon = 1e-5;

    private readonly WeightStore _store;
    private readonly InternVlConfig _config;

    /// <summary>Reads from <paramref name="store"/>, which owns every tensor.</summary>
    public InternVlWeights(WeightStore store, InternVlConfig config)
    {
        _store = store;
        _config = config;
    }

    /// <summary>Loads the part of the tower that is run.</summary>
    public InternVitWeights Tower() => new(
        _store.LoadLinear(_config.Names.PatchEmbedding),
        _store.Load(_config.Names.ClassEmbedding),
        _store.Load(_config.Names.PositionEmbedding),
        [.. Enumerable.Range(0, _config.VisionLayersUsed).Select(Layer)]);

    /// <summary>Loads the projector.</summary>
    public InternVlProjector Projector() => new(
        Norm(_config.Names.ProjectorNorm, ProjectorEpsilon),
        _store.LoadLinear(_config.Names.ProjectorFirst),
        _config.ProjectorActivation,
        _store.LoadLinear(_config.Names.ProjectorSecond));

    private InternVitLayerWeights Layer(int layer)
    {
        var (names, prefix, epsilon) = (_config.Names, _config.Names.Layer(layer), _config.Vision.Epsilon);
        return new InternVitLayerWeights
        {
            AttentionNorm = Norm(prefix + names.FirstNorm, epsilon),
            Query = Projection(0, "q_proj"),
            Key = Projection(1, "k_proj"),
            Value = Projection(2, "v_proj"),
            QueryNorm = HeadNorm("q_norm"),
            KeyNorm = HeadNorm("k_norm"),
            Output = _store.LoadLinear(prefix + names.Output),
            AttentionScale = _store.Load(prefix + names.FirstScale),
            FeedForwardNorm = Norm(prefix + names.SecondNorm, epsilon),
            Up = _store.LoadLinear(prefix + "mlp.fc1"),
            Down = _store.LoadLinear(prefix + "mlp.fc2"),
            FeedForwardScale = _store.Load(prefix + names.SecondScale),
        };

        Linear Projection(int part, string name)
        {
            long width = _config.Vision.HiddenSize;
            return names.Packed is { } packed
                ? _store.LoadLinear(prefix + packed, rows => rows.narrow(0, part * width, width))
                : _store.LoadLinear(prefix + names.Attention + name);
        }

        TowerNorm? HeadNorm(string name) =>
            _config.Vision.NormalizesQueriesAndKeys ? Norm(prefix + names.Attention + name, epsilon) : null;
    }

    private TowerNorm Norm(string name, double epsilon) => new(_store.Load(name + ".weight"), _store.TryLoad(name + ".bias"), epsilon);
}
