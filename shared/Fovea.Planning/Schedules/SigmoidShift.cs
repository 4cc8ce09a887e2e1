using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Solves the shift of a sigmoid from a budget (arXiv 2412.00556).</summary>
/// <remarks>
/// Every count grows with the shift, and so does the cost. Bisection keeps one shift that meets the budget and one that
/// exceeds it until they are neighbours, or until no count vector lies between them. The answer never exceeds the budget,
/// and any larger shift would: it is exact to one token per layer.
/// </remarks>
public static class SigmoidShift
{
    private const int MaxSteps = 80;

    // exp(60) is 1e26: rates this far from the shift are 0 or A for any number of tokens.
    private const double Saturation = 60;

    /// <summary>
    /// Returns the sigmoid that spends as much of the budget as it can, or an infeasible fault that carries the nearest
    /// budget.
    /// </summary>
    public static Checked<SigmoidSolution> Solve(SigmoidBudgetSpec spec, ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(context);
        var slope = spec.Slope ?? SigmoidDefaults.Slope(context.Shape.Layers);
        var trial = new SigmoidTrial(spec, slope, context);

        // Without vision tokens there is nothing to save, and a text request is not refused for it.
        var high = context.Shape.Layers + (Saturation / slope);
        trial.Move(high);
        if (context.VisionTokens == 0 || trial.Cost <= spec.Budget.Value)
        {
            return trial.ToSolution(spec.Amplitude is null);
        }

        var low = -(Saturation / slope);
        trial.Move(low);
        if (trial.Cost > spec.Budget.Value)
        {
            return Infeasible(spec, context, trial.Cost);
        }

        trial.Move(Bisect(trial, spec.Budget.Value, low, high));
        return trial.ToSolution(false);
    }

    private static double Bisect(SigmoidTrial trial, double budget, double low, double high)
    {
        var lowTokens = long.MinValue / 4;
        var highTokens = long.MaxValue / 4;
        for (var step = 0; step < MaxSteps && highTokens - lowTokens > 1; step++)
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

    private static PlanFault Infeasible(SigmoidBudgetSpec spec, ScheduleContext context, double least)
    {
        var nearest = spec.Budget with { Value = RoundUp(least) };
        var full = Math.Min(spec.First, context.Shape.Layers);
        var reason = $"budget {spec.Budget} cannot be reached with {full} full layers of {context.Shape.Layers}";
        return PlanFault.Infeasible(spec.Budget.KindName, $"infeasible: {reason}, nearest is {nearest}");
    }

    /// <summary>Rounds up to six digits where that changes the value, so that the number shown can be reached when asked for.</summary>
    private static double RoundUp(double value)
    {
        var text = value.ToString("G6", CultureInfo.InvariantCulture);
        var rounded = double.Parse(text, CultureInfo.InvariantCulture);
        if (rounded >= value)
        {
            return rounded;
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 5);
        return double.Parse((rounded + unit).ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
