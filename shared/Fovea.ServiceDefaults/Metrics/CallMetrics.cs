using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Measures the calls that the server handles.</summary>
internal sealed class CallMetrics : IDisposable
{
    private readonly Meter _meter = new("Fovea.Rpc");
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _running;

    /// <summary>Makes the instruments.</summary>
    public CallMetrics()
    {
        _duration = _meter.CreateHistogram<double>(
            "rpc_server_call_duration_seconds", "s", "Time from the first handler of a call to its end, by method and status.");
        _running = _meter.CreateUpDownCounter<long>("rpc_server_active_calls", null, "Calls that are being handled now, by method.");
    }

    /// <summary>Notes that a call begins.</summary>
    public void Begin(string method) => _running.Add(1, new KeyValuePair<string, object?>("rpc_method", method));

    /// <summary>Notes that a call has ended.</summary>
    public void End(string method, StatusCode status, TimeSpan duration)
    {
        _running.Add(-1, new KeyValuePair<string, object?>("rpc_method", method));
        _duration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>("rpc_method", method),
            new KeyValuePair<string, object?>("rpc_response_status_code", status.ToString()));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
