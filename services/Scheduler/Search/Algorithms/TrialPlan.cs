using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds a candidate with the rules of its trial.</summary>
/// <param name="Request">The candidate.</param>
/// <param name="Counts">Its counts for the largest number of vision tokens.</param>
/// <param name="Decide">Verdict on the scores so far; never undecided on all of them.</param>
/// <param name="MayEnd">Whether the trial may end at a verdict; null scores every sample.</param>
internal sealed record TrialPlan(
    TrialRequest Request,
    ImmutableArray<int> Counts,
    Func<TrialScores, TrialVerdict> Decide,
    Func<TrialVerdict, bool>? MayEnd)
{
    /// <summary>Gets the sigmoid of the rates, or null.</summary>
    public SigmoidSpec? Curve { get; init; }
}
