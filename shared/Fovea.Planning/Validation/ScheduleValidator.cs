using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Planning.Validation;

/// <summary>Checks schedules before they are stored.</summary>
public static class ScheduleValidator
{
    /// <summary>Returns every fault of a schedule by itself and against the known model it names.</summary>
    /// <param name="schedule">The schedule; its rates are valid by construction.</param>
    /// <param name="models">The models that are served; one the schedule does not name is not compared.</param>
    public static ImmutableArray<PlanFault> Validate(Schedule schedule, ImmutableArray<ModelProfile> models)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var faults = new FaultCollector();
        Names.Check("name", schedule.Name, false, faults);
        Names.Check("model", schedule.Model, true, faults);
        Names.Check("modelRevision", schedule.ModelRevision, true, faults);
        if (schedule.Floor < 0)
        {
            faults.Invalid("floor", $"{schedule.Floor} is negative");
        }

        foreach (var model in models.Where(model => model.Name == schedule.Model))
        {
            ScheduleFit.Check(schedule, model, faults);
        }

        return faults.ToImmutable();
    }

    /// <summary>Makes a schedule of raw numbers, or returns every fault: of the rates with their layers, and of the rest.</summary>
    /// <param name="draft">Everything but the rates.</param>
    /// <param name="rates">One number per layer.</param>
    /// <param name="models">The models that are served.</param>
    public static Checked<Schedule> Create(ScheduleDraft draft, ReadOnlySpan<double> rates, ImmutableArray<ModelProfile> models)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var valid = KeepRates.Create(rates);
        var shown = valid.Value ?? KeepRates.Full(Math.Max(1, rates.Length));
        var schedule = new Schedule(draft.Name, draft.Model, new(shown, draft.Floor), draft.ModelRevision, draft.Origin);
        var faults = Validate(schedule, models);
        return valid.IsValid && faults.Length == 0 ? schedule : valid.Faults.AddRange(faults);
    }
}
