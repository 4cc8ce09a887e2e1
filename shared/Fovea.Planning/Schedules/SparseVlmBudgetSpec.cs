using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Drops in three stages in the published proportion, scaled by one factor that is solved from a budget:
/// <c>sparsevlm:layers=2/6/15,mean=0.3</c> (SparseVLM keeps 300, 200 and 110 of 576 tokens at factor 1).
/// </summary>
/// <param name="Budget">The limit.</param>
/// <param name="Layers">The three 0-based layers before which tokens are dropped, increasing, the first at least 1.</param>
public sealed record SparseVlmBudgetSpec(Budget Budget, ImmutableArray<int> Layers) : BudgetedSpec(Budget)
{
    internal const int Stages = 3;

    private const double PublishedTokens = 576;

    private static readonly ImmutableArray<double> Published = [300 / PublishedTokens, 200 / PublishedTokens, 110 / PublishedTokens];

    /// <summary>Returns whether both have the same limit and stages.</summary>
    public bool Equals(SparseVlmBudgetSpec? other) => other is not null && Budget == other.Budget && Sequences.AreEqual(Layers, other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Budget, Sequences.Hash(Layers));

    /// <inheritdoc/>
    public override string ToString() => $"sparsevlm:layers={string.Join('/', Layers)},{Budget}";

    private protected override ScheduleFamily Family(int layers) =>
        new SteppedFamily(Layers, 1 / Published[^1], Scale, (_, keep) => new SparseVlmSpec(Layers, keep));

    private static void Scale(Span<double> keep, double factor)
    {
        for (var stage = 0; stage < keep.Length; stage++)
        {
            keep[stage] = Math.Min(1, factor * Published[stage]);
        }
    }
}
