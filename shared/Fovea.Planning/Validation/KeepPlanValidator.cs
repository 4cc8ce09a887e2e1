using System.Collections.Immutable;
using Fovea.Planning.Plans;

namespace Fovea.Planning.Validation;

/// <summary>Checks a plan that came over the wire.</summary>
internal static class KeepPlanValidator
{
    /// <summary>Returns every fault.</summary>
    public static ImmutableArray<PlanFault> Validate(KeepPlan plan)
    {
        var faults = new FaultCollector();
        if (plan.VisionTokens < 0)
        {
            faults.Invalid("visionTokens", $"{plan.VisionTokens} is negative");
        }

        if (plan.Floor < 0)
        {
            faults.Invalid("floor", $"{plan.Floor} is negative");
        }

        if (plan.Pool is < 0 or 1)
        {
            faults.Invalid("pool", $"{plan.Pool} must be 0, or the side of a square of at least 2");
        }

        if (plan.Seed != 0 && plan.Scorer != TokenScorer.Random)
        {
            faults.Invalid("seed", $"{plan.Seed} is given, but scorer {plan.Scorer} draws nothing");
        }

        if (plan.Counts.IsDefaultOrEmpty)
        {
            faults.Invalid("counts", "no counts given, one per layer is needed");
            return faults.ToImmutable();
        }

        var previous = plan.VisionTokens;
        for (var layer = 0; layer < plan.Counts.Length; layer++)
        {
            CheckCount(plan, layer, previous, faults);
            previous = plan.Counts[layer];
        }

        CheckImages(plan, faults);
        return faults.ToImmutable();
    }

    private static void CheckImages(KeepPlan plan, FaultCollector faults)
    {
        if (plan.Scope != BudgetScope.PerImage)
        {
            if (!plan.ImageCounts.IsEmpty)
            {
                faults.Invalid("images", $"counts of {plan.ImageCounts.Length} images are given, but scope {ScopeNames.Of(plan.Scope)} ranks all together");
            }

            return;
        }

        if (plan.Pool != 0)
        {
            faults.Invalid("scope", $"is {ScopeNames.Of(plan.Scope)} with pool {plan.Pool}, which ranks nothing");
        }

        for (var image = 0; image < plan.ImageCounts.Length; image++)
        {
            CheckImage(plan.ImageCounts[image], image, plan.Layers, faults);
        }

        for (var layer = 0; layer < plan.Layers; layer++)
        {
            var sum = plan.ImageCounts.Sum(counts => layer < counts.Length ? counts[layer] : 0L);
            if (sum != plan.Counts[layer])
            {
                faults.Invalid($"counts[{layer}]", $"count {plan.Counts[layer]} of layer {layer} is not the {sum} of its images together");
            }
        }
    }

    private static void CheckImage(ImmutableArray<int> counts, int image, int layers, FaultCollector faults)
    {
        if (counts.Length != layers)
        {
            faults.Invalid($"images[{image}]", $"{counts.Length} counts given for {layers} layers");
        }

        for (var layer = 0; layer < counts.Length; layer++)
        {
            if (counts[layer] < 0 || (layer > 0 && counts[layer] > counts[layer - 1]))
            {
                faults.Invalid($"images[{image}].counts[{layer}]", $"count {counts[layer]} is negative or exceeds that of the layer before");
            }
        }
    }

    private static void CheckCount(KeepPlan plan, int layer, int previous, FaultCollector faults)
    {
        var count = plan.Counts[layer];
        if (count < 0)
        {
            faults.Invalid($"counts[{layer}]", $"count {count} of layer {layer} is negative");
        }
        else if (count > previous)
        {
            var before = layer == 0 ? "the request's vision tokens" : $"layer {layer - 1}";
            faults.Invalid($"counts[{layer}]", $"count {count} of layer {layer} exceeds {previous} of {before}");
        }
        else if (layer == 0 && count < plan.VisionTokens && plan.Pool == 0)
        {
            faults.Invalid("counts[0]", $"count {count} of layer 0 is below {plan.VisionTokens}: nothing ranks tokens before it, and no pool is set");
        }
        else if (count < Math.Min(plan.Floor, plan.Counts[0]))
        {
            faults.Invalid($"counts[{layer}]", $"count {count} of layer {layer} is below the floor {plan.Floor}");
        }
    }
}
