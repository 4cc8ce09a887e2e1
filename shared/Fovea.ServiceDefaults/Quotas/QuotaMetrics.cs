using System.Diagnostics.Metrics;

namespace Fovea.ServiceDefaults.Quotas;

/// <summary>Counts what quotas refuse.</summary>
internal sealed class QuotaMetrics : IDisposable
{
    private readonly Meter _meter = new("Fovea.Quotas");
    private readonly Counter<long> _refusals;

    /// <summary>Makes the instruments.</summary>
    public QuotaMetrics()
    {
        _refusals = _meter.CreateCounter<long>(
            "rpc_quota_refusals_total", null, "Calls refused by a quota, by quota and tenant; tenants without limits of their own are \"other\".");
    }

    /// <summary>Counts a refusal.</summary>
    public void Refused(string quota, string tenant) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("quota", quota), new KeyValuePair<string, object?>("tenant", tenant));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
