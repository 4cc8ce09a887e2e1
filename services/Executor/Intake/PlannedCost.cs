using Fovea.Executor.Runtime;
using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Fovea.Planning.Shapes;

namespace Fovea.Executor.Intake;

/// <summary>What a request costs by its plan, known before any of it is done.</summary>
/// <param name="Flops">Floating-point operations of encoder, projector and prefill, as executed.</param>
/// <param name="FullFlops">The same with everything kept.</param>
/// <param name="KvBytes">Bytes of KV cache at the longest answer.</param>
internal sealed record PlannedCost(double Flops, double FullFlops, long KvBytes)
{
    /// <summary>Gives the cost of a prompt under a plan.</summary>
    /// <param name="shape">The model's shape.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="maxTokens">Most tokens of the answer.</param>
    public static PlannedCost Of(ModelShape shape, KeepPlan plan, ModelPrompt prompt, int maxTokens)
    {
        var layout = Layout(plan, prompt);
        return new PlannedCost(
            CostModel.Evaluate(shape, plan.Counts.AsSpan(), layout, CostAccounting.Executed).Total,
            CostModel.EvaluateFull(shape, layout, CostAccounting.Executed).Total,
            CostModel.KvBytes(shape, plan.Counts.AsSpan(), prompt.TextTokens + maxTokens));
    }

    /// <summary>Gives the token counts of a prompt that its cost under a plan depends on.</summary>
    public static TokenLayout Layout(KeepPlan plan, ModelPrompt prompt) =>
        TokenLayout.For(plan.Scorer, prompt.VisionTokens, prompt.TextTokens, prompt.InstructionTokens);
}
