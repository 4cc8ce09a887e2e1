using System.Collections.Immutable;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Is what an algorithm found.</summary>
/// <param name="Found">The schedules.</param>
/// <param name="Table">Points of the budget table (P-Sigmoid); empty otherwise.</param>
internal sealed record MethodResult(ImmutableArray<FoundCandidate> Found, ImmutableArray<BudgetPoint> Table);
