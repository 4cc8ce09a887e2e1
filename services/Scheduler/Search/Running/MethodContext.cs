using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Gives what an algorithm is run with.</summary>
/// <param name="Record">The search.</param>
/// <param name="Model">Its model.</param>
/// <param name="FullLosses">Losses of the full model.</param>
/// <param name="Latency">What its layers take, for budgets of milliseconds; null when that was not measured.</param>
/// <param name="WarmStart">Schedule to start from (P-Sigmoid), or null.</param>
/// <param name="Evaluator">Scores candidates.</param>
/// <param name="Observer">Follows the search.</param>
internal sealed record MethodContext(
    SearchRecord Record,
    ModelProfile Model,
    ImmutableArray<double> FullLosses,
    LatencyTable? Latency,
    KeepRates? WarmStart,
    ITrialEvaluator Evaluator,
    ISearchObserver Observer);
