using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Solves the shift of a sigmoid from a budget (arXiv 2412.00556); the answer is exact to one token per layer.</summary>
public static class SigmoidShift
{
    /// <summary>
    /// Returns the sigmoid that spends as much of the budget as it can, or an infeasible fault that carries the nearest
    /// budget.
    /// </summary>
    public static Checked<SigmoidSolution> Solve(SigmoidBudgetSpec spec, ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var solution = spec.Solve(context);
        return solution.IsValid
            ? new SigmoidSolution((SigmoidSpec)solution.Value.Schedule, solution.Value.Rates, solution.Value.Counts, solution.Value.Cost)
            : solution.Faults;
    }
}
