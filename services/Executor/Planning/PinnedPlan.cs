using Fovea.Planning.Plans;

namespace Fovea.Executor.Planning;

/// <summary>The one plan that serves a request from admission to its last token.</summary>
/// <param name="Plan">The plan to run.</param>
/// <param name="Message">The same plan with its provenance, as the client is told.</param>
/// <param name="Source">Who made it, one of <see cref="Metrics.PlanSources"/>.</param>
/// <param name="StaleFor">Time since the snapshot it was made from was confirmed; null when the scheduler made it or answered by an older one.</param>
internal sealed record PinnedPlan(KeepPlan Plan, Contracts.V1.KeepPlan Message, string Source, TimeSpan? StaleFor)
{
    /// <summary>Whether the executor made it, because the scheduler did not answer or the feed lags behind its answer.</summary>
    public bool IsStale => StaleFor is not null;

    /// <summary>Tier of the overload ladder that bounds it; 0 when none does.</summary>
    public int OverloadTier => Message.Provenance?.OverloadTier ?? 0;

    /// <summary>Whether everything is kept for want of a snapshot.</summary>
    public bool IsFallback => Source == Metrics.PlanSources.Fallback;
}
