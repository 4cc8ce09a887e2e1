using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Counts shadow runs by their result, as they are measured.</summary>
internal sealed class ResultCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public ResultCounts(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Name == "executor_shadow_runs_total")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _counts.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long Of(string result) => _counts.GetValueOrDefault(result);

    public void Dispose() => _listener.Dispose();
}
