using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds what P-Sigmoid found.</summary>
/// <param name="Outcomes">One for each budget, in the order of the options.</param>
/// <param name="Table">Points of the budget table, by ascending mean keep rate, one for each rate.</param>
/// <param name="Trials">Every trial that was scored, in order.</param>
internal sealed record PSigmoidResult(ImmutableArray<BudgetOutcome> Outcomes, ImmutableArray<BudgetPoint> Table, ImmutableArray<TrialRecord> Trials)
{
    /// <summary>Gets the decoder layers run over prompts.</summary>
    public long LayerForwards => Trials.Sum(trial => trial.LayerForwards);
}
