using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Counts who is turned away and how the files fare.</summary>
internal sealed class SecurityMetrics : IDisposable
{
    private readonly Meter _meter = new("Fovea.Security");
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _reloads;
    private long _expiry;

    /// <summary>Makes the instruments.</summary>
    public SecurityMetrics()
    {
        _refusals = _meter.CreateCounter<long>("rpc_auth_refusals_total", null, "Callers turned away, by reason.");
        _reloads = _meter.CreateCounter<long>("security_reloads_total", null, "Changed files that were taken over or could not be, by file and result.");
    }

    /// <summary>Counts a refusal.</summary>
    public void Refused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts what came of looking at a file: taken over, failed, or (null) unchanged.</summary>
    public void Reloaded(string file, bool? taken)
    {
        if (taken is { } isGood)
        {
            _reloads.Add(
                1, new KeyValuePair<string, object?>("file", file), new KeyValuePair<string, object?>("result", isGood ? "ok" : "failed"));
        }
    }

    /// <summary>Shows how long the server's certificate is valid.</summary>
    public void CertificateIs(X509Certificate2 certificate)
    {
        var expiry = new DateTimeOffset(certificate.NotAfter).ToUnixTimeSeconds();
        if (Interlocked.Exchange(ref _expiry, expiry) == 0)
        {
            _meter.CreateObservableGauge(
                "security_certificate_expiry_timestamp_seconds",
                () => Interlocked.Read(ref _expiry),
                "s",
                "When the server's certificate stops being valid, in seconds since 1970.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
