namespace Fovea.ServiceDefaults.Quotas;

/// <summary>Ends a request of a tenant whose quota is used up.</summary>
public sealed class QuotaExceededException : Exception
{
    /// <summary>Names the quota.</summary>
    internal QuotaExceededException(QuotaRefusal refusal)
        : base(refusal.Describe())
    {
        RetryAfter = refusal.RetryAfter;
    }

    /// <summary>When another attempt makes sense.</summary>
    public TimeSpan RetryAfter { get; }
}
