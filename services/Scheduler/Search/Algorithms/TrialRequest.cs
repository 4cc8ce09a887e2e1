using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Names one candidate to be scored.</summary>
/// <param name="Step">Layer searched (G-Search) or budget (P-Sigmoid), for progress and the log.</param>
/// <param name="Rates">Keep rate of each layer.</param>
/// <param name="SharedLayers">Later candidates share the rates of this many first layers, so their work may be kept.</param>
internal sealed record TrialRequest(int Step, KeepRates Rates, int SharedLayers);
