using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Keeps every vision token in every layer: <c>full</c>.</summary>
public sealed record FullSpec : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) =>
        new ResolvedSchedule(KeepRates.Full(context.Shape.Layers), null);

    /// <inheritdoc/>
    public override string ToString() => "full";
}
