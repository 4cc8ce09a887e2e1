namespace Fovea.Executor.Metrics;

/// <summary>What happened to offered snapshots: the values of the label <c>state</c>.</summary>
internal static class PlanCacheStates
{
    /// <summary>Is in use.</summary>
    public const string Acked = "acked";

    /// <summary>Was refused, and nothing older is held.</summary>
    public const string Nacked = "nacked";

    /// <summary>Was refused; the one before it stays in use.</summary>
    public const string NackedButCached = "nacked_but_cached";

    /// <summary>Was older than the one in use.</summary>
    public const string Regressed = "regressed";
}
