using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Withdraws all vision tokens before layer K, whatever the policy's floor: <c>vtw:K=16</c> (VTW).</summary>
/// <param name="K">The 0-based layer from which there are no vision tokens, at least 1.</param>
public sealed record VtwSpec(int K) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) =>
        new ResolvedSchedule(KeepRates.Steps(context.Shape.Layers, K, 0), 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"vtw:K={K}");

    internal static ScheduleSpec? From(SpecArguments arguments, FaultCollector faults) =>
        arguments.OneOf("K", faults) ? arguments.Budget() is { } budget ? new VtwBudgetSpec(budget) : null
        : arguments.Integer("K", 1, int.MaxValue) is { } k ? new VtwSpec(k)
        : null;
}
