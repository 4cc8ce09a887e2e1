using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds what P-Sigmoid found for one budget.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Solution">Best sigmoid with its rates, counts and cost; the cost never exceeds the budget.</param>
/// <param name="MeanLoss">Its mean loss over all samples.</param>
/// <param name="Trace">Lowest loss after each candidate, equal ones and warm starts included.</param>
internal sealed record BudgetOutcome(Budget Budget, SigmoidSolution Solution, double MeanLoss, ImmutableArray<double> Trace);
