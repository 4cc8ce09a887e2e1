using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Refers to a stored schedule: <c>id:HEX</c>.</summary>
/// <param name="Id">The schedule's id.</param>
public sealed record IdSpec(ScheduleId Id) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context)
    {
        if (context.Schedules?.Invoke(Id) is not { } schedule)
        {
            return PlanFault.Missing("id", $"no schedule {Id} is known");
        }

        return schedule.Rates.Count == context.Shape.Layers
            ? new ResolvedSchedule(schedule.Rates, schedule.Floor)
            : PlanFault.Precondition("id", $"schedule {Id} has {schedule.Rates.Count} layers, but {context.Shape.Name} has {context.Shape.Layers}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"id:{Id.Hex}";
}
