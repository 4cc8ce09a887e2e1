namespace Fovea.Executor.Metrics;

/// <summary>Names what became of a shadow run.</summary>
internal static class ShadowResults
{
    /// <summary>Both answers were compared.</summary>
    public const string Completed = "completed";

    /// <summary>It made room for a newer one.</summary>
    public const string Dropped = "dropped";

    /// <summary>Its canary was over before it ended.</summary>
    public const string Expired = "expired";

    /// <summary>It broke off.</summary>
    public const string Failed = "failed";
}
