using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;

namespace Fovea.Executor.Planning;

/// <summary>Checks that a plan is sound and was made for this model and this prompt.</summary>
internal static class PlanFit
{
    /// <summary>Ends the request unless the plan fits.</summary>
    /// <param name="read">The plan as read from a message.</param>
    /// <param name="model">The loaded model.</param>
    /// <param name="visionTokens">Vision tokens of the prompt.</param>
    /// <exception cref="PlanMisfitException">It does not; the message names every misfit.</exception>
    public static void Require(Checked<KeepPlan> read, ModelProfile model, int visionTokens)
    {
        var misfits = read.Faults.Select(fault => fault.ToString()).ToList();
        if (read.Value is { } plan)
        {
            misfits.AddRange(Misfits(plan, model, visionTokens));
        }

        if (misfits.Count > 0)
        {
            throw new PlanMisfitException($"The plan is not applied: {string.Join("; ", misfits)}.");
        }
    }

    private static IEnumerable<string> Misfits(KeepPlan plan, ModelProfile model, int visionTokens)
    {
        if (plan.Model != model.Name)
        {
            yield return $"it is for model '{plan.Model}', loaded is '{model.Name}'";
        }

        if (plan.ModelRevision != model.Revision)
        {
            yield return $"it is for revision '{plan.ModelRevision}' of the model, loaded is '{model.Revision}'";
        }

        if (plan.Layers != model.Shape.Layers)
        {
            yield return $"it has {plan.Layers} layers, the model has {model.Shape.Layers}";
        }

        if (plan.VisionTokens != visionTokens)
        {
            yield return $"it is for {plan.VisionTokens} vision tokens, the prompt has {visionTokens}";
        }
    }
}
