using System.Text.Json.Nodes;
using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;

namespace Fovea.Cli.Plans;

/// <summary>Holds a plan with what it costs and what keeping everything costs.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="FullCost">The cost of keeping everything.</param>
internal sealed record PlanExplanation(KeepPlan Plan, CostBreakdown Cost, CostBreakdown FullCost)
{
    /// <summary>Counts both costs. All text tokens are taken as ranking rows of the instruction scorer: an upper bound.</summary>
    public static PlanExplanation Of(KeepPlan plan, ScheduleContext context)
    {
        var layout = TokenLayout.For(plan.Scorer, context.VisionTokens, context.TextTokens, context.TextTokens);
        return new(
            plan,
            CostModel.Evaluate(context.Shape, plan.Counts.AsSpan(), layout, context.Accounting),
            CostModel.EvaluateFull(context.Shape, layout, context.Accounting));
    }

    /// <summary>Returns the documented JSON form.</summary>
    public JsonObject ToJson() => new()
    {
        ["tflops"] = Cost.TotalTflops,
        ["full_tflops"] = FullCost.TotalTflops,
        ["mean_keep"] = Cost.MeanKeep,
        ["counts"] = new JsonArray([.. Plan.Counts.Select(count => (JsonNode)count)]),
        ["kv_bytes"] = Cost.KvBytes,
        ["digest"] = Plan.Digest.Hex,
    };
}
