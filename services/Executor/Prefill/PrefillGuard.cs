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

        if (plan.Counts.Length > 0 && plan.Counts[0] != input.VisionTokens)
        {
            faults.Add($"The plan keeps {plan.Counts[0]} of {input.VisionTokens} vision tokens in layer 0, before anything ranks them.");
        }

        if (!plan.IsFull && input.VisionTokens > 0 && input.InstructionTokens == 0)
        {
            faults.Add("The prompt ends with a vision token, which a drop could remove together with the next token's logits.");
        }

        if (!plan.IsFull && plan.Positions == PositionMode.Renumber && input.Positions is not null)
        {
            faults.Add("The plan counts positions anew, which positions in time and space do not allow; they are kept (mode keep).");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(input));
        }
    }
}
