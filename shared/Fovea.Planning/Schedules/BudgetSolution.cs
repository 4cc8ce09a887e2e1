using System.Collections.Immutable;

namespace Fovea.Planning.Schedules;

/// <summary>Holds the schedule that meets a budget for one request.</summary>
/// <param name="Schedule">The schedule with its solved parameter, in written form.</param>
/// <param name="Rates">Its keep rate in each layer.</param>
/// <param name="Counts">The counts of the request it was solved for.</param>
/// <param name="Cost">What they cost, in the unit of the budget.</param>
public sealed record BudgetSolution(ScheduleSpec Schedule, KeepRates Rates, ImmutableArray<int> Counts, double Cost)
{
    /// <summary>Gets the floor the schedule brings, or null if it uses the policy's.</summary>
    public int? Floor { get; init; }
}
