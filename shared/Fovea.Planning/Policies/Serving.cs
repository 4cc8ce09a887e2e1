using Fovea.Planning.Schedules;

namespace Fovea.Planning.Policies;

/// <summary>Says how a class of requests is served.</summary>
public abstract record Serving
{
    private Serving()
    {
    }

    /// <summary>Keeps every vision token.</summary>
    public sealed record Full : Serving;

    /// <summary>Uses a stored schedule.</summary>
    /// <param name="Id">The schedule's id.</param>
    public sealed record BySchedule(ScheduleId Id) : Serving;

    /// <summary>Uses the newest schedule that a lossless search has stored for the model and the rule's class.</summary>
    public sealed record Lossless : Serving;

    /// <summary>Uses a schedule that is written into the policy.</summary>
    /// <param name="Spec">The schedule.</param>
    public sealed record BySpec(ScheduleSpec Spec) : Serving;

    /// <summary>Solves a sigmoid for each request so that a budget is met; with neither slope nor amplitude by the model's budget table, if it has one.</summary>
    /// <param name="Budget">The limit.</param>
    /// <param name="Slope">The slope k, or null for <see cref="SigmoidDefaults.Slope"/>.</param>
    /// <param name="Amplitude">The amplitude A, or null for <see cref="SigmoidDefaults.Amplitude"/>.</param>
    /// <param name="First">The first 0-based layer that sees fewer tokens.</param>
    public sealed record ByBudget(Budget Budget, double? Slope = null, double? Amplitude = null, int First = ScheduleSpec.DefaultFirst)
        : Serving
    {
        /// <summary>Gets whether the shape is left to the model's budget table, or to the default where there is none.</summary>
        public bool IsShapeOpen => Slope is null && Amplitude is null;

        /// <summary>Gets the same as a spec, which is solved once and cached.</summary>
        public SigmoidBudgetSpec Spec { get; } = new(Budget, Slope, Amplitude, First);
    }
}
