using Fovea.Contracts.Calibration;
using Fovea.Executor.Dropping;
using Fovea.Executor.Planning;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>Makes candidates concrete for a sample.</summary>
internal static class TrialPlans
{
    /// <summary>Makes the plan that a served request would get for the candidate.</summary>
    /// <exception cref="PlanMisfitException">The sample's prompt does not allow what the candidate asks for.</exception>
    public static KeepPlan Of(TrialSchedule schedule, Sample sample, ModelProfile model)
    {
        var tokens = sample.Prompt.VisionTokens;
        var left = schedule.Pool >= 2 ? VisionPooler.Count(sample.Prompt.VisionSpans, schedule.Pool) : tokens;
        var plan = new KeepPlan
        {
            Model = model.Name,
            ModelRevision = model.Revision,
            Schedule = "trial",
            VisionTokens = tokens,
            Counts = KeepCounts.From(schedule.Rates, left, schedule.Floor),
            Floor = schedule.Floor,
            Scorer = schedule.Scorer,
            Positions = schedule.Positions,
            Seed = schedule.Seed,
            Pool = schedule.Pool,
        };
        PlanFit.RequirePlaces(plan, sample.Prompt);
        return plan;
    }

    /// <summary>Makes the plan that keeps everything.</summary>
    public static KeepPlan Full(Sample sample, ModelProfile model) =>
        KeepPlan.Full(model.Name, model.Revision, model.Shape.Layers, sample.Prompt.VisionTokens);
}
