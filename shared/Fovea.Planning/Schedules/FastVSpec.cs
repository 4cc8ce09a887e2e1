using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Drops the share R of the vision tokens before layer K, once: <c>fastv:K=2,R=0.5</c> (FastV).</summary>
/// <param name="K">The 0-based layer before which tokens are dropped, at least 1.</param>
/// <param name="R">The share dropped, 0..1.</param>
public sealed record FastVSpec(int K, double R) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) =>
        new ResolvedSchedule(KeepRates.Steps(context.Shape.Layers, K, 1 - R), null);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"fastv:K={K},R={R:R}");

    internal static ScheduleSpec? From(SpecArguments arguments, FaultCollector faults)
    {
        var layer = arguments.Integer("K", 1, int.MaxValue);
        if (arguments.OneOf("R", faults))
        {
            return layer is { } before && arguments.Budget() is { } budget ? new FastVBudgetSpec(budget, before) : null;
        }

        var dropped = arguments.NeededNumber("R", 0, 1);
        return layer is { } k && dropped is { } r ? new FastVSpec(k, r) : null;
    }
}
