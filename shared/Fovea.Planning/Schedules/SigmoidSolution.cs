using System.Collections.Immutable;

namespace Fovea.Planning.Schedules;

/// <summary>Holds the sigmoid that meets a budget for one request.</summary>
/// <param name="Curve">The sigmoid with its solved shift.</param>
/// <param name="Rates">Its keep rate in each layer.</param>
/// <param name="Counts">The counts of the request it was solved for.</param>
/// <param name="Cost">What they cost, in the unit of the budget.</param>
public sealed record SigmoidSolution(SigmoidSpec Curve, KeepRates Rates, ImmutableArray<int> Counts, double Cost);
