namespace Fovea.ServiceDefaults.Quotas;

/// <summary>Tells which quota a tenant has used up.</summary>
/// <param name="Kind">What it limits.</param>
/// <param name="Limit">The limit.</param>
/// <param name="RetryAfter">When another attempt makes sense.</param>
internal sealed record QuotaRefusal(QuotaKind Kind, double Limit, TimeSpan RetryAfter)
{
    /// <summary>The quota in metrics.</summary>
    public string Label => Kind switch
    {
        QuotaKind.Requests => "requests",
        QuotaKind.Concurrent => "concurrent_requests",
        _ => "vision_tokens",
    };

    /// <summary>What the caller is told.</summary>
    public string Describe() => FormattableString.Invariant(Kind switch
    {
        QuotaKind.Requests => $"The tenant's quota is used up: {Limit} calls per second (Quotas:RequestsPerSecond).",
        QuotaKind.Concurrent => $"The tenant's quota is used up: {Limit} calls at the same time (Quotas:ConcurrentRequests).",
        _ => $"The tenant's quota is used up: {Limit} vision tokens per second (Quotas:VisionTokensPerSecond).",
    });
}
