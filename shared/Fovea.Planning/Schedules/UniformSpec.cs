using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Keeps the share r in every layer from <c>first</c> on: <c>uniform:r=0.5,first=3</c>.</summary>
/// <param name="Rate">The share kept, 0..1.</param>
/// <param name="First">The first 0-based layer that sees fewer tokens, at least 1.</param>
public sealed record UniformSpec(double Rate, int First = ScheduleSpec.DefaultFirst) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) =>
        new ResolvedSchedule(KeepRates.Steps(context.Shape.Layers, First, Rate), null);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"uniform:r={Rate:R},first={First}");

    internal static ScheduleSpec? From(SpecArguments arguments, FaultCollector faults)
    {
        var isSolved = arguments.OneOf("r", faults);
        var rate = isSolved ? null : arguments.NeededNumber("r", 0, 1);
        var first = arguments.Integer("first", 1, int.MaxValue, DefaultFirst);
        if (isSolved)
        {
            return first is { } start && arguments.Budget() is { } budget ? new UniformBudgetSpec(budget, start) : null;
        }

        return rate is { } r && first is { } layer ? new UniformSpec(r, layer) : null;
    }
}
