using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Drops in stages to lambda, lambda^2, ... of the tokens, lambda solved from a budget:
/// <c>pdrop:layers=8/16/24,mean=0.3</c> (PyramidDrop, whose own ratio is 0.5).
/// </summary>
/// <param name="Budget">The limit.</param>
/// <param name="Layers">The 0-based layers before which tokens are dropped, increasing, the first at least 1.</param>
public sealed record PDropBudgetSpec(Budget Budget, ImmutableArray<int> Layers) : BudgetedSpec(Budget)
{
    /// <summary>Returns whether both have the same limit and stages.</summary>
    public bool Equals(PDropBudgetSpec? other) => other is not null && Budget == other.Budget && Sequences.AreEqual(Layers, other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Budget, Sequences.Hash(Layers));

    /// <inheritdoc/>
    public override string ToString() => $"pdrop:layers={string.Join('/', Layers)},{Budget}";

    private protected override ScheduleFamily Family(int layers) =>
        new SteppedFamily(Layers, 1, Powers, (_, keep) => new PDropSpec(Layers, keep));

    private static void Powers(Span<double> keep, double ratio)
    {
        var share = 1.0;
        for (var stage = 0; stage < keep.Length; stage++)
        {
            share *= ratio;
            keep[stage] = share;
        }
    }
}
