using System.Collections.Immutable;
using Fovea.Executor.Dropping;
using Fovea.Executor.Runtime;
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
    /// <param name="imageTokens">Vision tokens of each image of the prompt.</param>
    /// <exception cref="PlanMisfitException">It does not; the message names every misfit.</exception>
    public static void Require(Checked<KeepPlan> read, ModelProfile model, IReadOnlyList<int> imageTokens)
    {
        var misfits = read.Faults.Select(fault => fault.ToString()).ToList();
        if (read.Value is { } plan)
        {
            misfits.AddRange(Misfits(plan, model, imageTokens));
        }

        if (misfits.Count > 0)
        {
            throw new PlanMisfitException($"The plan is not applied: {string.Join("; ", misfits)}.");
        }
    }

    /// <summary>Ends the request when its plan counts positions anew or averages tokens where the prompt does not allow it.</summary>
    /// <exception cref="PlanMisfitException">The message names what the prompt does not allow.</exception>
    public static void RequirePlaces(KeepPlan plan, ModelPrompt prompt)
    {
        if (prompt.Positions is not null && plan.Positions == PositionMode.Renumber)
        {
            throw new PlanMisfitException("The plan is not applied: it numbers positions anew (renumber), and this model's lie in time and space; use keep.");
        }

        if (plan.Pool >= 2 && !prompt.AllowsPooling)
        {
            throw new PlanMisfitException(
                $"The plan is not applied: it averages squares of {plan.Pool} x {plan.Pool} vision tokens, and the images of this model are no plain grids.");
        }
    }

    private static IEnumerable<string> Misfits(KeepPlan plan, ModelProfile model, IReadOnlyList<int> imageTokens)
    {
        var visionTokens = imageTokens.Sum();
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

        if (plan.Scope == BudgetScope.PerImage && !plan.ImageCounts.Select(counts => counts[0]).SequenceEqual(imageTokens))
        {
            yield return $"it is for images of {string.Join(" + ", plan.ImageCounts.Select(counts => counts[0]))} vision tokens, "
                + $"the prompt's have {string.Join(" + ", imageTokens)}";
        }

        if (plan.Pool >= 2)
        {
            var spans = imageTokens.Select(tokens => new VisionSpan(0, tokens)).ToImmutableArray();
            if (spans.Any(span => VisionPooler.GridOf(span) == 0) || VisionPooler.Count(spans, plan.Pool) != plan.Counts[0])
            {
                yield return $"it averages squares of {plan.Pool} x {plan.Pool} to {plan.Counts[0]} vision tokens, which images of "
                    + $"{string.Join(" + ", imageTokens)} do not give";
            }
        }
    }
}
