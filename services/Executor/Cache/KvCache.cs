using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Cache;

/// <summary>The KV cache of one request: a length of its own for each layer, known from the plan before prefill.</summary>
internal sealed class KvCache : IDisposable
{
    private readonly ImmutableArray<LayerCache> _layers;
    private int _firstOwned;

    private KvCache(ImmutableArray<LayerCache> layers, int firstOwned)
    {
        _layers = layers;
        _firstOwned = firstOwned;
        Bytes = layers.Sum(layer => layer.Bytes);
    }

    /// <summary>Bytes allocated, borrowed layers included.</summary>
    public long Bytes { get; }

    /// <summary>Cache of one layer.</summary>
    public LayerCache this[int layer] => _layers[layer];

    /// <summary>Allocates every layer for its planned vision tokens, the text, and the tokens to come.</summary>
    /// <param name="shape">The model's shape.</param>
    /// <param name="plan">Vision tokens of each layer.</param>
    /// <param name="textAndAnswer">Text tokens of the prompt and the most tokens of the answer.</param>
    /// <param name="dtype">Data type of keys and values.</param>
    /// <param name="device">Where they live.</param>
    public static KvCache Allocate(LanguageShape shape, KeepPlan plan, int textAndAnswer, ScalarType dtype, Device device) =>
        Continue([], shape, plan, textAndAnswer, (dtype, device));

    /// <summary>Allocates the layers after some that another prompt run has filled already.</summary>
    /// <param name="filled">Borrowed: the first layers.</param>
    /// <param name="shape">The model's shape.</param>
    /// <param name="plan">Vision tokens of each layer.</param>
    /// <param name="textAndAnswer">Text tokens of the prompt and the most tokens of the answer.</param>
    /// <param name="placement">Data type of keys and values, and where they live.</param>
    public static KvCache Continue(
        ImmutableArray<LayerCache> filled, LanguageShape shape, KeepPlan plan, int textAndAnswer, (ScalarType DType, Device Device) placement)
    {
        var layers = ImmutableArray.CreateBuilder<LayerCache>(shape.Layers);
        layers.AddRange(filled);
        foreach (var count in plan.Counts.AsSpan()[filled.Length..])
        {
            layers.Add(new LayerCache(shape.KvHeads, count + textAndAnswer, shape.HeadDim, placement.DType, placement.Device));
        }

        return new KvCache(layers.MoveToImmutable(), filled.Length);
    }

    /// <summary>Hands the first layers over to the caller, who owns those that this cache has owned.</summary>
    public ImmutableArray<LayerCache> Release(int layers)
    {
        _firstOwned = Math.Max(_firstOwned, layers);
        return _layers[..layers];
    }

    /// <summary>Lengths of all layers.</summary>
    public ImmutableArray<int> Lengths() => [.. _layers.Select(layer => layer.Length)];

    /// <summary>Forgets what was appended since the layers had these lengths.</summary>
    public void Truncate(ImmutableArray<int> lengths)
    {
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            _layers[layer].Truncate(lengths[layer]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in _layers.AsSpan()[_firstOwned..])
        {
            layer.Dispose();
        }
    }
}
