using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Comparison;

/// <summary>Is one method at one cost.</summary>
/// <param name="Method">The method.</param>
/// <param name="Budget">Mean keep rate that it was solved for; null where its cost is its own.</param>
/// <param name="Spec">Written form or id of its schedule.</param>
/// <param name="Trials">What is evaluated: one candidate, or one for each seed.</param>
internal sealed record CompareCandidate(CompareMethod Method, double? Budget, string Spec, ImmutableArray<Candidate> Trials)
{
    /// <summary>Gets the name for people, with the budget where there is one.</summary>
    public string Label => Budget is { } budget ? FormattableString.Invariant($"{Method.Label} at {budget}") : $"{Method.Label} ({Spec})";
}
