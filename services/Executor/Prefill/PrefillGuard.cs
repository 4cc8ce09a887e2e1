using Fovea.Executor.Dropping;
using Fovea.Planning.Plans;
using Fovea.Planning.Shapes;

namespace Fovea.Executor.Prefill;

/// <summary>Refuses a prompt whose plan does not fit it.</summary>
internal static class PrefillGuard
{
    /// <summary>Checks everything that would otherwise fail in the middle of a layer.</summary>
    /// <exception cref="ArgumentException">Every fault, on a line of its own.</exception>
    public static void Require(PrefillInput input, LanguageShape shape)
    {
        var faults = new List<string>();
        var plan = input.Plan;
        if (plan.Counts.Length != shape.Layers)
        {
            faults.Add($"The plan has {plan.Counts.Length} layers, the model {shape.Layers}.");
        }

        if (plan.VisionTokens != input.VisionTokens)
        {
            faults.Add($"The plan is for {plan.VisionTokens} vision tokens, the prompt has {input.VisionTokens}.");
        }

        CheckFirst(input, faults);
        if (!plan.IsFull && input.VisionTokens > 0 && input.InstructionTokens == 0)
        {
            faults.Add("The prompt ends with a vision token, which a drop could remove together with the next token's logits.");
        }

        if (plan.Scope == BudgetScope.PerImage && plan.ImageCounts.Any(counts => counts.Length != plan.Counts.Length))
        {
            faults.Add("The plan counts by image, and not in every layer.");
        }

        if (input.Positions is not null && (plan.Positions == PositionMode.Renumber || plan.Pool >= 2))
        {
            faults.Add("The plan counts positions anew, which positions in time and space do not allow: mode keep, and no averages.");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(input));
        }
    }

    private static void CheckFirst(PrefillInput input, List<string> faults)
    {
        var plan = input.Plan;
        if (plan.Pool >= 2)
        {
            var odd = input.VisionSpans.Where(span => VisionPooler.GridOf(span) == 0).Select(span => span.Length).ToArray();
            var pooled = VisionPooler.Count(input.VisionSpans, plan.Pool);
            if (odd.Length > 0)
            {
                faults.Add($"The plan averages squares of {plan.Pool} x {plan.Pool} vision tokens, and {string.Join(", ", odd)} of an image are no square.");
            }
            else if (plan.Counts.Length > 0 && plan.Counts[0] != pooled)
            {
                faults.Add($"The plan keeps {plan.Counts[0]} vision tokens in layer 0, averages of {plan.Pool} x {plan.Pool} are {pooled}.");
            }
        }
        else if (plan.Counts.Length > 0 && plan.Counts[0] != input.VisionTokens)
        {
            faults.Add($"The plan keeps {plan.Counts[0]} of {input.VisionTokens} vision tokens in layer 0, before anything ranks them.");
        }
    }
}
