using Fovea.Planning.Schedules;

namespace Fovea.Planning.Policies;

/// <summary>Replaces what the default policy would choose for one request.</summary>
public abstract record PlanOverride
{
    private PlanOverride()
    {
    }

    /// <summary>Keeps every vision token.</summary>
    public sealed record Full : PlanOverride;

    /// <summary>Uses another policy.</summary>
    /// <param name="Name">Name of the policy.</param>
    public sealed record PolicyName(string Name) : PlanOverride;

    /// <summary>Uses the given rates.</summary>
    /// <param name="Values">Keep rate of each layer.</param>
    /// <param name="Floor">Fewest tokens a layer keeps, or null to use the policy's.</param>
    public sealed record Rates(KeepRates Values, int? Floor = null) : PlanOverride;

    /// <summary>Meets a budget; slope and amplitude are those of the policy's rule if it has a budget, too.</summary>
    /// <param name="Budget">The limit.</param>
    public sealed record BudgetValue(Budget Budget) : PlanOverride;

    /// <summary>Uses a stored schedule.</summary>
    /// <param name="Id">The schedule's id.</param>
    public sealed record ScheduleRef(ScheduleId Id) : PlanOverride;

    /// <summary>Uses any schedule spec.</summary>
    /// <param name="Schedule">The spec.</param>
    public sealed record Spec(ScheduleSpec Schedule) : PlanOverride
    {
        /// <summary>Gets the id under which the request named the spec, or null if it wrote it out.</summary>
        public ScheduleId? StoredAs { get; init; }
    }
}
