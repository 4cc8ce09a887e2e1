using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds what G-Search found.</summary>
/// <param name="Rates">Keep rate of each layer; count/N, so that <see cref="KeepCounts"/> gives the counts back.</param>
/// <param name="Counts">Vision tokens by layer for the largest number of vision tokens.</param>
/// <param name="Accepted">The trial of these rates, or null when only keeping everything passes.</param>
/// <param name="Trials">Every trial, in order.</param>
internal sealed record GSearchResult(KeepRates Rates, ImmutableArray<int> Counts, TrialRecord? Accepted, ImmutableArray<TrialRecord> Trials)
{
    /// <summary>Gets the decoder layers run over prompts, without those of the full model.</summary>
    public long LayerForwards => Trials.Sum(trial => trial.LayerForwards);
}
