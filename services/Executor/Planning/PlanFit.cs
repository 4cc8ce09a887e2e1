using Fovea.Planning.Plans;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Planning;

/// <summary>Checks that a plan was made for this model and this prompt.</summary>
internal static class PlanFit
{
    /// <summary>Ends the request unless the plan fits.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="digest">The digest that came with it.</param>
    /// <param name="model">The loaded model.</param>
    /// <param name="visionTokens">Vision tokens of the prompt.</param>
    /// <exception cref="PlanMisfitException">It does not; the message names every misfit.</exception>
    public static void Require(KeepPlan plan, string digest, ModelProfile model, int visionTokens)
    {
        var misfits = new List<string>();
        if (plan.ModelRevision != model.Revision)
        {
            misfits.Add($"it is for revision '{plan.ModelRevision}' of the model, loaded is '{model.Revision}'");
        }

        if (plan.Layers != model.Shape.Layers)
        {
            misfits.Add($"it has {plan.Layers} layers, the model has {model.Shape.Layers}");
        }

        if (plan.VisionTokens != visionTokens)
        {
            misfits.Add($"it is for {plan.VisionTokens} vision tokens, the prompt has {visionTokens}");
        }

        misfits.AddRange(plan.Validate().Select(fault => fault.ToString()));
        if (misfits.Count == 0 && plan.Digest.Hex != digest)
        {
            misfits.Add($"its digest is {plan.Digest.Hex}, it came with '{digest}'");
        }

        if (misfits.Count > 0)
        {
            throw new PlanMisfitException($"The plan does not fit: {string.Join("; ", misfits)}.");
        }
    }
}
