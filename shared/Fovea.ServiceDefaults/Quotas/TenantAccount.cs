namespace Fovea.ServiceDefaults.Quotas;

/// <summary>What one tenant uses. Safe for any number of threads.</summary>
internal sealed class TenantAccount
{
    private const double VisionBurstSeconds = 10;

    private readonly Lock _lock = new();
    private readonly QuotaLimits _limits;
    private readonly TokenBucket _requests;
    private readonly TokenBucket _visionTokens;
    private int _running;

    /// <summary>Opens an account.</summary>
    /// <param name="limits">What the tenant may use.</param>
    /// <param name="label">Its name in metrics.</param>
    /// <param name="now">The time, in ticks of 100 ns.</param>
    public TenantAccount(QuotaLimits limits, string label, long now)
    {
        _limits = limits;
        Label = label;
        _requests = new TokenBucket(limits.RequestsPerSecond, limits.Burst > 0 ? limits.Burst : Math.Max(1, limits.RequestsPerSecond), now);
        var burst = limits.VisionTokenBurst > 0 ? limits.VisionTokenBurst : limits.VisionTokensPerSecond * VisionBurstSeconds;
        _visionTokens = new TokenBucket(limits.VisionTokensPerSecond, burst, now);
    }

    /// <summary>The tenant's name in metrics.</summary>
    public string Label { get; }

    /// <summary>Lets a call in.</summary>
    /// <returns>Null when it is in and has to leave, else what is used up.</returns>
    public QuotaRefusal? Enter(long now)
    {
        lock (_lock)
        {
            if (_limits.ConcurrentRequests > 0 && _running >= _limits.ConcurrentRequests)
            {
                return new QuotaRefusal(QuotaKind.Concurrent, _limits.ConcurrentRequests, TimeSpan.FromSeconds(1));
            }

            if (_requests.Take(1, now) is { } wait)
            {
                return new QuotaRefusal(QuotaKind.Requests, _limits.RequestsPerSecond, wait);
            }

            _running++;
            return null;
        }
    }

    /// <summary>Lets a call out.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _running--;
        }
    }

    /// <summary>Spends vision tokens.</summary>
    /// <returns>Null when they are spent, else what is used up.</returns>
    public QuotaRefusal? Spend(int visionTokens, long now)
    {
        lock (_lock)
        {
            return _visionTokens.Take(visionTokens, now) is { } wait
                ? new QuotaRefusal(QuotaKind.VisionTokens, _limits.VisionTokensPerSecond, wait)
                : null;
        }
    }

    /// <summary>Whether a new account would say the same, so that this one can be forgotten.</summary>
    public bool IsIdle(long now)
    {
        lock (_lock)
        {
            return _running == 0 && _requests.IsFull(now) && _visionTokens.IsFull(now);
        }
    }
}
