using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Is a schedule that an algorithm found.</summary>
/// <param name="Rates">Keep rate of each layer.</param>
/// <param name="Counts">Vision tokens by layer for the largest number of vision tokens.</param>
/// <param name="Budget">The budget it was found for (P-Sigmoid), or null.</param>
/// <param name="Curve">The sigmoid it is (P-Sigmoid), or null.</param>
internal sealed record FoundCandidate(KeepRates Rates, ImmutableArray<int> Counts, Budget? Budget = null, SigmoidSpec? Curve = null);
