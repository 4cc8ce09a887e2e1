using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Solves the parameter of a family of schedules from a budget.</summary>
/// <remarks>
/// Every count grows with the parameter, and so does the cost. Bisection keeps one parameter that meets the budget and one
/// that exceeds it until they are neighbours (or as near as the family asks), or until no count vector lies between them. The answer never exceeds the
/// budget, and any larger parameter would.
/// </remarks>
internal static class BudgetSolver
{
    private const int MaxSteps = 80;

    /// <summary>
    /// Returns the schedule that spends as much of the budget as it can, or an infeasible fault that carries the nearest
    /// budget.
    /// </summary>
    public static Checked<BudgetSolution> Solve(Budget budget, ScheduleFamily family, ScheduleContext context)
    {
        if (budget.Kind == BudgetKind.Milliseconds && context.Latency is null)
        {
            return PlanFault.Precondition(budget.KindName, $"budget {budget} needs a cost table: no cost table was measured for model {context.Shape.Name}");
        }

        var trial = new ScheduleTrial(family, budget.Kind, context);

        // Without vision tokens there is nothing to save, and a text request is not refused for it.
        trial.Move(family.Most);
        if (context.VisionTokens == 0 || trial.Cost <= budget.Value)
        {
            return trial.ToSolution(family.ReachesAll);
        }

        trial.Move(family.Least);
        if (trial.Cost > budget.Value)
        {
            return Infeasible(budget, family, context, trial.Cost);
        }

        trial.Move(Bisect(trial, budget.Value, family));
        return trial.ToSolution(false);
    }

    private static double Bisect(ScheduleTrial trial, double budget, ScheduleFamily family)
    {
        var (low, high) = (family.Least, family.Most);
        var lowTokens = long.MinValue / 4;
        var highTokens = long.MaxValue / 4;
        for (var step = 0; step < MaxSteps && highTokens - lowTokens > 1 && high - low > family.Resolution; step++)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                break;
            }

            trial.Move(middle);
            if (trial.Cost <= budget)
            {
                (low, lowTokens) = (middle, trial.Tokens);
            }
            else
            {
                (high, highTokens) = (middle, trial.Tokens);
            }
        }

        return low;
    }

    private static PlanFault Infeasible(Budget budget, ScheduleFamily family, ScheduleContext context, double least)
    {
        var nearest = budget with { Value = ShownNumber.Up(least) };
        var full = Math.Min(family.FullLayers, context.Shape.Layers);
        var layers = full == 1 ? "layer" : "layers";
        var reason = string.Create(CultureInfo.InvariantCulture, $"budget {budget} cannot be reached with {full} full {layers} of {context.Shape.Layers}");
        return PlanFault.Infeasible(budget.KindName, $"infeasible: {reason}, nearest is {nearest}");
    }
}
