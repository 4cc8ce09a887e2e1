using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Finds stored schedules and makes sure that they were made for the model.</summary>
internal static class ScheduleFit
{
    /// <summary>Returns the schedule's rates, or every reason why it cannot serve the model.</summary>
    public static Checked<ResolvedSchedule> Find(ScheduleId id, PolicySnapshot? snapshot, ModelProfile profile)
    {
        if (snapshot?.FindSchedule(id) is not { } schedule)
        {
            return PlanFault.Missing("schedule", $"no schedule {id} is known");
        }

        var faults = new FaultCollector();
        Check(schedule, profile, faults);
        return faults.Any ? faults.ToImmutable() : new ResolvedSchedule(schedule.Rates, schedule.Floor);
    }

    /// <summary>Notes every reason why the schedule cannot serve the model.</summary>
    public static void Check(Schedule schedule, ModelProfile profile, FaultCollector faults)
    {
        if (schedule.Model != Schedule.Any && schedule.Model != profile.Name)
        {
            faults.Add(PlanFault.Precondition(
                "schedule", $"schedule {schedule.Id} was made for model '{schedule.Model}', not for '{profile.Name}'"));
        }

        if (schedule.ModelRevision != Schedule.Any && schedule.ModelRevision != profile.Revision)
        {
            faults.Add(PlanFault.Precondition(
                "schedule",
                $"schedule {schedule.Id} was made for revision '{schedule.ModelRevision}' of '{schedule.Model}', not for '{profile.Revision}'"));
        }

        if (schedule.Rates.Count != profile.Shape.Layers)
        {
            faults.Add(PlanFault.Precondition(
                "schedule", $"schedule {schedule.Id} has {schedule.Rates.Count} layers, but '{profile.Name}' has {profile.Shape.Layers}"));
        }
    }
}
