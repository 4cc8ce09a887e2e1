using System.Collections.Immutable;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Contracts.Mapping;

/// <summary>Is a stored schedule in its written form: rates follow from it only for a given model and request.</summary>
/// <param name="Id">Digest of model and spec.</param>
/// <param name="Model">Model it was made for, or <c>*</c>.</param>
/// <param name="Spec">The schedule.</param>
public sealed record WrittenSchedule(ScheduleId Id, string Model, ScheduleSpec Spec)
{
    /// <summary>Returns why the schedule cannot serve a model; empty when it can.</summary>
    internal ImmutableArray<PlanFault> FaultsFor(string model) => Model == Schedule.Any || Model == model
        ? []
        : [new PlanFault(PlanFaultKind.FailedPrecondition, "schedule", $"schedule {Id} was made for model '{Model}', not for '{model}'")];
}
