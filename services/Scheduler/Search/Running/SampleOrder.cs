using System.Collections.Immutable;
using Fovea.Scheduler.Search.Starting;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Orders questions so that those that tell candidates apart come first: what failed in earlier trials, then by the seed.</summary>
/// <remarks>A verdict never depends on the order; how soon it is known does.</remarks>
internal sealed class SampleOrder
{
    private readonly double[] _excess;
    private readonly int[] _seeded;
    private ImmutableArray<double> _full;

    /// <summary>Begins without any trial.</summary>
    public SampleOrder(int samples, ulong seed)
    {
        _excess = new double[samples];
        _seeded = [.. Enumerable.Range(0, samples)];
        SeededOrder.Shuffle(_seeded, seed);
    }

    /// <summary>Takes note of the full model's losses: a question that fails anyway tells nothing.</summary>
    public void LearnFull(ImmutableArray<double> losses) => _full = losses;

    /// <summary>Takes note of a trial's losses.</summary>
    public void Learn(ImmutableArray<double> losses)
    {
        for (var sample = 0; sample < losses.Length; sample++)
        {
            var excess = losses[sample] - (_full.IsDefault ? 0 : _full[sample]);
            _excess[sample] += double.IsNaN(excess) ? 0 : Math.Max(0, excess);
        }
    }

    /// <summary>Returns the order of the next trial.</summary>
    public IReadOnlyList<int> Next() => [.. _seeded.OrderByDescending(sample => _excess[sample])];
}
