using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tables;

/// <summary>Solves a request's schedule from a budget table.</summary>
/// <remarks>
/// The coordinate of the table is t, the mean keep rate. For a mean budget t is the budget. For any other kind it is the t
/// whose schedule, solved for that budget, has the mean keep rate t. What a schedule costs depends on t far more than on
/// its shape, so t is found in a few steps: t := mean keep rate of the schedule solved with the shape at t, until it moves
/// by less than one token, at most eight times. The last step's schedule is solved for the budget itself and so never exceeds it, whether t
/// still moves or not.
/// </remarks>
internal static class BudgetTableSolver
{
    private const int MaxSteps = 8;

    /// <summary>Returns the schedule, or an infeasible fault outside the table.</summary>
    public static Checked<ResolvedSchedule> Resolve(BudgetTable table, Budget budget, ScheduleContext context)
    {
        var within = context with { Floor = Math.Max(context.Floor, table.Floor) };
        if (context.VisionTokens == 0)
        {
            return new ResolvedSchedule(KeepRates.Full(context.Shape.Layers), within.Floor) { Text = TextOf(table, budget, table.Least) };
        }

        if (budget.Kind == BudgetKind.MeanKeep)
        {
            return budget.Value < table.Least ? Outside(table, budget, table.Least)
                : budget.Value > table.Most ? Outside(table, budget, table.Most)
                : Solve(table, budget, budget.Value, within).Result;
        }

        return Limits(table, budget, within) ?? FixedPoint(table, budget, within);
    }

    /// <summary>Returns the answer at or beyond an end of the table, or null if the budget lies between both.</summary>
    private static Checked<ResolvedSchedule>? Limits(BudgetTable table, Budget budget, ScheduleContext context)
    {
        if (budget.Kind == BudgetKind.Milliseconds && context.Latency is null)
        {
            return Solve(table, budget, table.Least, context).Result;
        }

        var (least, most) = (CostAt(table, table.Least, budget.Kind, context), CostAt(table, table.Most, budget.Kind, context));
        if (least is null || most is null)
        {
            // The request is too small for the table's mean keep rates (its floor and full layers take more): what it can
            // reach at all is near one end.
            return Solve(table, budget, least is null ? table.Least : table.Most, context).Result;
        }

        if (budget.Value < least)
        {
            return Outside(table, budget, Shown(ShownNumber.Up(least.Value), least.Value, most.Value));
        }

        return budget.Value > most ? Outside(table, budget, Shown(ShownNumber.Down(most.Value), most.Value, least.Value)) : null;
    }

    /// <summary>Returns the limit rounded, or itself where rounding would leave the table at its other end.</summary>
    private static double Shown(double rounded, double limit, double otherLimit) =>
        (rounded > limit && rounded > otherLimit) || (rounded < limit && rounded < otherLimit) ? limit : rounded;

    private static Checked<ResolvedSchedule> FixedPoint(BudgetTable table, Budget budget, ScheduleContext context)
    {
        var token = 1 / ((double)context.VisionTokens * context.Shape.Layers);
        var at = (table.Least + table.Most) / 2;
        var (result, mean) = Solve(table, budget, at, context);
        for (var step = 1; step < MaxSteps && result.IsValid && Math.Abs(mean - at) >= token; step++)
        {
            var next = Math.Clamp(mean, table.Least, table.Most);
            if (next == at)
            {
                break;
            }

            at = next;
            (result, mean) = Solve(table, budget, at, context);
        }

        return result;
    }

    private static (Checked<ResolvedSchedule> Result, double MeanKeep) Solve(BudgetTable table, Budget budget, double at, ScheduleContext context)
    {
        var solution = SpecAt(table, budget, at).Solve(context);
        return solution.IsValid
            ? (new ResolvedSchedule(solution.Value.Rates, context.Floor) { Text = TextOf(table, budget, at) }, MeanOf(solution.Value, context))
            : (solution.Faults, at);
    }

    /// <summary>Returns what the schedule at a mean keep rate costs, or null if the request cannot have so low a rate.</summary>
    private static double? CostAt(BudgetTable table, double meanKeep, BudgetKind kind, ScheduleContext context)
    {
        var solution = SpecAt(table, new Budget(BudgetKind.MeanKeep, meanKeep), meanKeep).Solve(context);
        return solution.IsValid ? new BudgetMeter(kind, context).Measure(solution.Value.Counts.AsSpan()) : null;
    }

    private static double MeanOf(BudgetSolution solution, ScheduleContext context) =>
        new BudgetMeter(BudgetKind.MeanKeep, context).Measure(solution.Counts.AsSpan());

    private static SigmoidBudgetSpec SpecAt(BudgetTable table, Budget budget, double at)
    {
        var shape = table.ShapeAt(at);
        return new SigmoidBudgetSpec(budget, shape.Slope, shape.Amplitude, table.First);
    }

    private static string TextOf(BudgetTable table, Budget budget, double at) => $"{SpecAt(table, budget, at)},table={table.SearchId}";

    private static Checked<ResolvedSchedule> Outside(BudgetTable table, Budget budget, double nearest) => PlanFault.Infeasible(
        budget.KindName,
        FormattableString.Invariant(
            $"infeasible: budget {budget} is outside table {table.SearchId} of mean keep {table.Least:R} to {table.Most:R}, nearest is {budget with { Value = nearest }}"));
}
