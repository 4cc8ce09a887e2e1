using System.Collections.Immutable;
using Fovea.Planning.Costs;
using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tests.Support;

/// <summary>Measures counts in the unit of a budget by the reported costs, not by the solver's own meter.</summary>
internal static class BudgetCosts
{
    public static double Of(BudgetKind kind, ImmutableArray<int> counts, ScheduleContext context)
    {
        var layout = TokenLayout.UpperBound(context.VisionTokens, context.TextTokens, context.Scorer);
        var cost = CostModel.Evaluate(context.Shape, counts.AsSpan(), layout, context.Accounting);
        return kind switch
        {
            BudgetKind.MeanKeep => cost.MeanKeep,
            BudgetKind.FlopsShare => cost.Total / CostModel.EvaluateFull(context.Shape, layout, context.Accounting).Total,
            BudgetKind.Tflops => cost.TotalTflops,
            BudgetKind.Milliseconds => 1000 * (context.Latency!.FixedSeconds + counts.Sum(count => context.Latency.LayerSeconds(count + context.TextTokens))),
            _ => cost.KvBytes,
        };
    }
}
