using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Quotas;

/// <summary>Accounts for what tenants use. Safe for any number of threads.</summary>
internal sealed class TenantQuotas
{
    private const string OtherLabel = "other";

    private readonly QuotaOptions _options;
    private readonly TimeProvider _time;
    private readonly QuotaMetrics _metrics;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TenantAccount> _accounts = new(StringComparer.Ordinal);
    private readonly TenantAccount _shared;
    private readonly bool _isUnlimited;

    /// <summary>Follows the options.</summary>
    public TenantQuotas(IOptions<QuotaOptions> options, TimeProvider time, QuotaMetrics metrics)
    {
        _options = options.Value;
        _time = time;
        _metrics = metrics;
        _shared = new TenantAccount(_options, OtherLabel, Now());
        _isUnlimited = _options.IsUnlimited && _options.Tenants.Values.All(limits => limits.IsUnlimited);
    }

    /// <summary>How many tenants are accounted for one by one now.</summary>
    public int Tracked
    {
        get
        {
            lock (_lock)
            {
                return _accounts.Count;
            }
        }
    }

    /// <summary>Spends vision tokens of a request of this tenant.</summary>
    /// <exception cref="QuotaExceededException">The tenant has none left.</exception>
    public void SpendVisionTokens(string tenant, int tokens)
    {
        if (_isUnlimited || tokens <= 0)
        {
            return;
        }

        var account = Find(tenant);
        if (account.Spend(tokens, Now()) is { } refusal)
        {
            _metrics.Refused(refusal.Label, account.Label);
            throw new QuotaExceededException(refusal);
        }
    }

    /// <summary>Lets a call of this tenant in.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">Where the call has to leave, or null.</param>
    /// <returns>Null when it is in, else what is used up.</returns>
    public QuotaRefusal? Enter(string tenant, out TenantAccount? account)
    {
        account = null;
        if (_isUnlimited)
        {
            return null;
        }

        var entered = Find(tenant);
        var refusal = entered.Enter(Now());
        if (refusal is null)
        {
            account = entered;
        }
        else
        {
            _metrics.Refused(refusal.Label, entered.Label);
        }

        return refusal;
    }

    private TenantAccount Find(string tenant)
    {
        lock (_lock)
        {
            if (_accounts.TryGetValue(tenant, out var known))
            {
                return known;
            }

            var isNamed = _options.Tenants.TryGetValue(tenant, out var limits);
            if (!isNamed && _accounts.Count >= _options.MaxTenants && !ForgetIdle())
            {
                return _shared;
            }

            return _accounts[tenant] = new TenantAccount(limits ?? _options, isNamed ? tenant : OtherLabel, Now());
        }
    }

    private bool ForgetIdle()
    {
        var now = Now();
        foreach (var tenant in _accounts.Where(pair => pair.Value.IsIdle(now)).Select(pair => pair.Key).ToList())
        {
            _accounts.Remove(tenant);
        }

        return _accounts.Count < _options.MaxTenants;
    }

    private long Now() => _time.GetUtcNow().Ticks;
}
