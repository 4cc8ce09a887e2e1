using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Lowers a plan to what a tier of its policy's overload ladder allows.</summary>
/// <remarks>
/// Each layer keeps the fewest of what the plan keeps and what sigmoid schedules keep that are solved for the budgets of this
/// tier and of every milder one, so that a higher tier never keeps more. The floor holds. The sigmoids have the shape of the
/// rule's own budget, else that of the model's budget table, else the default one. A budget that cannot be reached stands
/// for the nearest that can; one in milliseconds bounds nothing where no cost table is known any more. What ranks, where
/// positions come from, seed and written schedule stay as they are.
/// </remarks>
/// <param name="Ladder">The ladder.</param>
/// <param name="Tier">The tier, 0 to the ladder's last.</param>
/// <param name="Serve">How the request is served without the ladder.</param>
/// <param name="Table">The model's budget table, or null.</param>
internal sealed record OverloadBound(OverloadLadder Ladder, int Tier, Serving Serve, BudgetTable? Table)
{
    /// <summary>Returns the plan with every layer bounded; the plan itself where nothing is to be lowered.</summary>
    /// <param name="plan">The plan by the policy alone.</param>
    /// <param name="context">What it was solved for.</param>
    /// <param name="cache">Remembers solved budgets.</param>
    public KeepPlan Apply(KeepPlan plan, ScheduleContext context, BudgetCache cache)
    {
        // Spread survivors are found on the image's own grid, of which averages leave nothing.
        var isFixed = plan.Pool != 0 && plan.Scorer == TokenScorer.Coverage;
        if (plan.VisionTokens == 0 || isFixed)
        {
            return plan;
        }

        var within = context with { Floor = Math.Max(plan.Floor, context.Floor), Scope = plan.Scope };
        var bounded = plan;
        foreach (var tier in Ladder.Tiers.AsSpan()[..Tier])
        {
            bounded = Solve(tier.Budget, within, cache) is { } schedule ? Lower(bounded, schedule, within) : bounded;
        }

        return bounded.Equals(plan) ? plan : bounded;
    }

    private static KeepPlan Lower(KeepPlan plan, ResolvedSchedule schedule, ScheduleContext context)
    {
        if (plan.Scope != BudgetScope.PerImage)
        {
            return plan with { Counts = Least(plan.Counts, schedule.Counts(plan.VisionTokens, context.Floor)) };
        }

        var images = plan.ImageCounts.Zip(schedule.ImageCounts(context.ImageTokens, context.Floor), Least).ToImmutableArray();
        return plan with { ImageCounts = images, Counts = KeepCounts.Sum(images, plan.Layers) };
    }

    private static ImmutableArray<int> Least(ImmutableArray<int> left, ImmutableArray<int> right) =>
        [.. left.Zip(right, Math.Min)];

    /// <summary>Returns the schedule that meets the budget, or comes nearest to it; null where it cannot be measured.</summary>
    private ResolvedSchedule? Solve(Budget budget, ScheduleContext context, BudgetCache cache)
    {
        var rule = Serve as Serving.ByBudget;
        var sigmoid = new SigmoidBudgetSpec(budget, rule?.Slope, rule?.Amplitude, rule?.First ?? ScheduleSpec.DefaultFirst);
        if (Table is not null && rule is null or { IsShapeOpen: true })
        {
            var served = cache.Resolve(new TableBudgetSpec(Table, budget), context);
            if (served.IsValid)
            {
                return served.Value;
            }

            var shape = budget.Kind == BudgetKind.MeanKeep ? Table.ShapeAt(budget.Value) : Table.Points[0];
            sigmoid = new SigmoidBudgetSpec(budget, shape.Slope, shape.Amplitude, Table.First);
        }

        var solved = cache.Resolve(sigmoid, context);
        return solved.IsValid ? solved.Value
            : solved.Faults[0].Kind == PlanFaultKind.Infeasible ? Nothing(sigmoid.First, context.Shape.Layers)
            : null;
    }

    /// <summary>Returns the least that a sigmoid can keep: its full layers, and then the floor.</summary>
    private static ResolvedSchedule Nothing(int full, int layers) =>
        new(KeepRates.Trusted([.. Enumerable.Range(0, layers).Select(layer => layer < full ? 1.0 : 0.0)]), null);
}
