namespace Fovea.ServiceDefaults.Quotas;

/// <summary>What one tenant may use; 0 is no limit.</summary>
public class QuotaLimits
{
    /// <summary>Calls per second, on average.</summary>
    /// <value>Default 0: no limit.</value>
    public double RequestsPerSecond { get; set; }

    /// <summary>Calls that may come at once before the rate counts.</summary>
    /// <value>Default 0: as many as come in one second, at least one.</value>
    public double Burst { get; set; }

    /// <summary>Calls that may run at the same time.</summary>
    /// <value>Default 0: no limit.</value>
    public int ConcurrentRequests { get; set; }

    /// <summary>Vision tokens of requests per second, on average, before any are dropped.</summary>
    /// <value>Default 0: no limit.</value>
    public double VisionTokensPerSecond { get; set; }

    /// <summary>Vision tokens that may come at once before the rate counts.</summary>
    /// <value>Default 0: as many as come in ten seconds.</value>
    public double VisionTokenBurst { get; set; }

    /// <summary>Whether nothing is limited.</summary>
    internal bool IsUnlimited => RequestsPerSecond == 0 && ConcurrentRequests == 0 && VisionTokensPerSecond == 0;
}
