namespace Fovea.Executor.Metrics;

/// <summary>Who made a plan: the values of the label <c>source</c>.</summary>
internal static class PlanSources
{
    /// <summary>The scheduler.</summary>
    public const string Scheduler = "scheduler";

    /// <summary>The executor, from the last good snapshot.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>The executor, from a newer snapshot than the one that the scheduler answered by.</summary>
    public const string Applied = "applied";

    /// <summary>The executor, which keeps everything for want of a snapshot.</summary>
    public const string Fallback = "fallback";
}
