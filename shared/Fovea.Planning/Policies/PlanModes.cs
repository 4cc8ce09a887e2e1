using Fovea.Planning.Plans;

namespace Fovea.Planning.Policies;

/// <summary>Says what of the policy's way to drop tokens a request replaces.</summary>
/// <param name="Scorer">The scorer, or null for the policy's.</param>
/// <param name="Positions">The position mode, or null for the policy's.</param>
/// <param name="Seed">Seed of the random scorer; 0 with any other.</param>
public sealed record PlanModes(TokenScorer? Scorer = null, PositionMode? Positions = null, ulong Seed = 0)
{
    /// <summary>Gets the budget scope, or null for the policy's.</summary>
    public BudgetScope? Scope { get; init; }
}
