using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds how far a search is.</summary>
/// <param name="Step">Step searched now, from 0: layers after the first one searched, or budgets in the order they are searched.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="TrialsDone">Trials finished, replayed ones included.</param>
/// <param name="TrialsExpected">Trials in all, as far as known; never fewer than are done.</param>
/// <param name="BestRates">Best candidate so far; everything kept while there is none.</param>
/// <param name="BestLoss">Its mean loss over the samples scored.</param>
internal sealed record SearchState(int Step, int Steps, int TrialsDone, int TrialsExpected, KeepRates BestRates, double BestLoss);
