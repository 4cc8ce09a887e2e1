namespace Fovea.ServiceDefaults.Quotas;

/// <summary>What a quota limits.</summary>
internal enum QuotaKind
{
    /// <summary>Calls per second.</summary>
    Requests,

    /// <summary>Calls at the same time.</summary>
    Concurrent,

    /// <summary>Vision tokens per second.</summary>
    VisionTokens,
}
