using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Cache;

/// <summary>The KV cache of one request: a length of its own for each layer, known from the plan before prefill.</summary>
internal sealed class KvCache : IDisposable
{
    private readonly ImmutableArray<LayerCache> _layers;

    private KvCache(ImmutableArray<LayerCache> layers, long bytes)
    {
        _layers = layers;
        Bytes = bytes;
    }

    /// <summary>Bytes allocated.</summary>
    public long Bytes { get; }

    /// <summary>Cache of one layer.</summary>
    public LayerCache this[int layer] => _layers[layer];

    /// <summary>Allocates every layer for its planned vision tokens, the text, and the tokens to come.</summary>
    /// <param name="shape">The model's shape.</param>
    /// <param name="plan">Vision tokens of each layer.</param>
    /// <param name="textAndAnswer">Text tokens of the prompt and the most tokens of the answer.</param>
    /// <param name="dtype">Data type of keys and values.</param>
    /// <param name="device">Where they live.</param>
    public static KvCache Allocate(LanguageShape shape, KeepPlan plan, int textAndAnswer, ScalarType dtype, Device device)
    {
        var layers = ImmutableArray.CreateBuilder<LayerCache>(shape.Layers);
        var rows = 0L;
        foreach (var count in plan.Counts)
        {
            var capacity = count + textAndAnswer;
            rows += capacity;
            layers.Add(new LayerCache(shape.KvHeads, capacity, shape.HeadDim, dtype, device));
        }

        return new KvCache(layers.MoveToImmutable(), rows * 2 * shape.KvHeads * shape.HeadDim * dtype.SizeInBytes());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Dispose();
        }
    }
}
