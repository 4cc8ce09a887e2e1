using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Describes a schedule whose one open parameter is solved for each request so that a budget is met but never exceeded.</summary>
public abstract record BudgetedSpec : ScheduleSpec
{
    private protected BudgetedSpec(Budget budget) => Budget = budget;

    /// <summary>Gets the limit.</summary>
    public Budget Budget { get; init; }

    /// <summary>Gets the family that the parameter chooses from, at a model's depth.</summary>
    private protected abstract ScheduleFamily Family(int layers);

    /// <summary>
    /// Returns the schedule that spends as much of the budget as its form can, or an infeasible fault that carries the
    /// nearest budget.
    /// </summary>
    public virtual Checked<BudgetSolution> Solve(ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BudgetSolver.Solve(Budget, Family(context.Shape.Layers), context);
    }

    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context)
    {
        var solution = Solve(context);
        return solution.IsValid ? new ResolvedSchedule(solution.Value.Rates, solution.Value.Floor) : solution.Faults;
    }
}
