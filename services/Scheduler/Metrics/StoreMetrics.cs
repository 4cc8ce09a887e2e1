using System.Diagnostics.Metrics;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Metrics;

/// <summary>Owns the instruments of the store.</summary>
internal sealed class StoreMetrics
{
    /// <summary>Names the store as the place where something older was refused.</summary>
    public const string WhereStore = "store";

    private readonly Meter _meter;
    private long _regressions;

    /// <summary>Makes the instruments.</summary>
    public StoreMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(SchedulerMetrics.MeterName);
        _meter.CreateObservableCounter(
            "policy_regression_total",
            () => new Measurement<long>(Regressions, new KeyValuePair<string, object?>("where", WhereStore)),
            description: "Refusals of a state older than one that was served, by where");
    }

    /// <summary>Gets how many states were refused.</summary>
    public long Regressions => Interlocked.Read(ref _regressions);

    /// <summary>Counts a refusal of a state older than the one held.</summary>
    public void Regressed() => Interlocked.Increment(ref _regressions);

    /// <summary>Shows how old what is served may be; read whenever it is asked for.</summary>
    public void Show(Func<StoreStatus> status) => _meter.CreateObservableGauge(
        "scheduler_staleness_seconds", () => status().StaleFor.TotalSeconds, "s", "Time since the state served was last known to be the newest; 0 while it is");

    /// <summary>Shows whether Redis answers; read whenever it is asked for.</summary>
    public void Show(Func<bool> isUp) => _meter.CreateObservableGauge("scheduler_redis_up", () => isUp() ? 1 : 0, description: "Whether Redis answered the last call");
}
