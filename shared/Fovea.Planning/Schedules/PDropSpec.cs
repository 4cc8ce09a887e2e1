using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Drops in stages: <c>pdrop:layers=8/16/24,keep=0.5/0.25/0.125</c> (PyramidDrop); stages beyond the model's depth have no
/// effect.
/// </summary>
/// <param name="Layers">The 0-based layers before which tokens are dropped, increasing, the first at least 1.</param>
/// <param name="Keep">The share of the original vision tokens kept from each of them on, non-increasing.</param>
public sealed record PDropSpec(ImmutableArray<int> Layers, ImmutableArray<double> Keep) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) =>
        new ResolvedSchedule(StageRates.Of(context.Shape.Layers, Layers, Keep), null);

    /// <summary>Returns whether both have the same stages.</summary>
    public bool Equals(PDropSpec? other) =>
        other is not null && Sequences.AreEqual(Layers, other.Layers) && Sequences.AreEqual(Keep, other.Keep);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sequences.Hash(Layers), Sequences.Hash(Keep));

    /// <inheritdoc/>
    public override string ToString() => $"pdrop:layers={string.Join('/', Layers)},keep={StageRates.Text(Keep)}";

    internal static ScheduleSpec? From(SpecArguments arguments, FaultCollector faults)
    {
        var layers = StageRates.Layers(arguments, faults);
        if (arguments.OneOf("keep", faults))
        {
            return layers is { } stages && arguments.Budget() is { } budget ? new PDropBudgetSpec(budget, stages) : null;
        }

        var keep = StageRates.Keep(arguments, layers?.Length, faults);
        return layers is { } given && keep is { } shares ? new PDropSpec(given, shares) : null;
    }
}
