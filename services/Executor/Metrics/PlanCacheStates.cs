using System.Collections.Immutable;

namespace Fovea.Executor.Metrics;

/// <summary>What happened to offered snapshots: the values of the label <c>state</c>.</summary>
internal static class PlanCacheStates
{
    /// <summary>None was offered yet.</summary>
    public const string Requested = "requested";

    /// <summary>Is in use.</summary>
    public const string Acked = "acked";

    /// <summary>Was refused, and nothing older is held.</summary>
    public const string Nacked = "nacked";

    /// <summary>Was refused; the one before it stays in use.</summary>
    public const string NackedButCached = "nacked_but_cached";

    /// <summary>Was older than the one in use.</summary>
    public const string Regressed = "regressed";

    /// <summary>Did not fit what is held; the whole was asked for.</summary>
    public const string Mismatched = "mismatched";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [Requested, Acked, Nacked, NackedButCached, Regressed, Mismatched];
}
