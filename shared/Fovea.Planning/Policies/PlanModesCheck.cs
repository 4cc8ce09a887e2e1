using Fovea.Planning.Plans;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Puts what a request asks for in place of its policy's scorer, position mode and scope.</summary>
internal static class PlanModesCheck
{
    /// <summary>Returns the policy as it serves this request, or the fault of a seed that nothing draws from.</summary>
    public static Checked<Policy> Apply(Policy policy, PlanModes? modes)
    {
        if (modes is null)
        {
            return policy;
        }

        var scorer = modes.Scorer ?? policy.Scorer;
        return modes.Seed != 0 && scorer != TokenScorer.Random
            ? PlanFault.Invalid("override.seed", $"{modes.Seed} is given, but scorer {ScorerNames.Of(scorer)} draws nothing")
            : policy with { Scorer = scorer, Positions = modes.Positions ?? policy.Positions, Scope = modes.Scope ?? policy.Scope };
    }
}
