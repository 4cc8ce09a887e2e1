using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Evaluations;

/// <summary>Says what is scored on which questions.</summary>
/// <param name="SetDigest">The set, held by every executor.</param>
/// <param name="Samples">Indices of questions.</param>
/// <param name="Candidates">Schedules on trial, in an order in which neighbours share first layers.</param>
/// <param name="Metric">What they are judged by.</param>
internal sealed record EvaluationRequest(
    string SetDigest, ImmutableArray<int> Samples, ImmutableArray<Candidate> Candidates, Metric Metric);
