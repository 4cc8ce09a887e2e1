using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Drops in stages: <c>sparsevlm:layers=2/6/15,keep=0.52/0.35/0.19</c> (SparseVLM without its recycling of dropped tokens);
/// stages beyond the model's depth have no effect.
/// </summary>
/// <param name="Layers">The 0-based layers before which tokens are dropped, increasing, the first at least 1.</param>
/// <param name="Keep">The share of the original vision tokens kept from each of them on, non-increasing.</param>
public sealed record SparseVlmSpec(ImmutableArray<int> Layers, ImmutableArray<double> Keep) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) =>
        new ResolvedSchedule(StageRates.Of(context.Shape.Layers, Layers, Keep), null);

    /// <summary>Returns whether both have the same stages.</summary>
    public bool Equals(SparseVlmSpec? other) =>
        other is not null && Sequences.AreEqual(Layers, other.Layers) && Sequences.AreEqual(Keep, other.Keep);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sequences.Hash(Layers), Sequences.Hash(Keep));

    /// <inheritdoc/>
    public override string ToString() => $"sparsevlm:layers={string.Join('/', Layers)},keep={StageRates.Text(Keep)}";

    internal static ScheduleSpec? From(SpecArguments arguments, FaultCollector faults)
    {
        var layers = StageRates.Layers(arguments, faults);
        if (!arguments.OneOf("keep", faults))
        {
            var keep = StageRates.Keep(arguments, layers?.Length, faults);
            return layers is { } given && keep is { } shares ? new SparseVlmSpec(given, shares) : null;
        }

        if (layers is { } stages && stages.Length != SparseVlmBudgetSpec.Stages)
        {
            faults.Invalid("layers", $"{stages.Length} layers given, the published proportion is of {SparseVlmBudgetSpec.Stages}");
            return null;
        }

        return layers is { } three && arguments.Budget() is { } budget ? new SparseVlmBudgetSpec(budget, three) : null;
    }
}
