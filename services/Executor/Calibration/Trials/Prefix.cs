using System.Collections.Immutable;
using Fovea.Executor.Cache;
using Fovea.Executor.Prefill;
using Fovea.Planning.Plans;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>A sample's prompt after its first layers under one plan, for every candidate that shares these layers.</summary>
internal sealed class Prefix : IDisposable
{
    private readonly KeepPlan _plan;

    /// <summary>Keeps a prompt at a layer.</summary>
    /// <param name="plan">The plan that it ran by.</param>
    /// <param name="checkpoint">Owned from now on.</param>
    /// <param name="layers">Owned from now on: caches of the layers that ran, holding the prompt alone.</param>
    public Prefix(KeepPlan plan, PrefillCheckpoint checkpoint, ImmutableArray<LayerCache> layers)
    {
        _plan = plan;
        Checkpoint = checkpoint;
        Layers = layers;
        Bytes = checkpoint.Bytes + layers.Sum(layer => layer.Bytes);
    }

    /// <summary>What the layers to come depend on.</summary>
    public PrefillCheckpoint Checkpoint { get; }

    /// <summary>Caches of the layers that ran; empty once they were handed over.</summary>
    public ImmutableArray<LayerCache> Layers { get; private set; }

    /// <summary>Layers that ran.</summary>
    public int Depth => Checkpoint.Layer;

    /// <summary>Bytes of everything.</summary>
    public long Bytes { get; }

    /// <summary>Returns whether a prompt under another plan is the same up to here.</summary>
    public bool Serves(KeepPlan plan) =>
        (plan.VisionTokens, plan.Scorer, plan.Positions, plan.Seed, plan.Pool)
            == (_plan.VisionTokens, _plan.Scorer, _plan.Positions, _plan.Seed, _plan.Pool)
        && plan.Counts.AsSpan()[..Depth].SequenceEqual(_plan.Counts.AsSpan()[..Depth]);

    /// <summary>Hands the caches over to a deeper prefix.</summary>
    public ImmutableArray<LayerCache> HandOver()
    {
        var layers = Layers;
        Layers = [];
        return layers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Checkpoint.Dispose();
        foreach (var layer in Layers)
        {
            layer.Dispose();
        }
    }
}
