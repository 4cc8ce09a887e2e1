using System.Diagnostics.Metrics;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Metrics;

/// <summary>Owns the scheduler's instruments.</summary>
internal sealed class SchedulerMetrics
{
    /// <summary>Names the meter.</summary>
    public const string MeterName = "Fovea.Scheduler";

    // A decision takes microseconds; a slow one is a fault worth seeing.
    private static readonly double[] DecisionBuckets = [1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 5e-2, 0.25, 1];

    // The debounce is 0.1 to 1 s; what takes longer is a fault that heals or does not.
    private static readonly double[] ConvergenceBuckets = [0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 3, 5, 10, 20, 30];

    private readonly UpDownCounter<long> _planStreams;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _decisionSeconds;
    private readonly Counter<long> _pushes;
    private readonly Counter<long> _rejects;
    private readonly Counter<long> _updates;
    private readonly Histogram<double> _convergence;

    /// <summary>Makes the instruments; the revision is read from <paramref name="store"/> whenever it is asked for.</summary>
    public SchedulerMetrics(IMeterFactory factory, ISchedulerStore store)
    {
        var meter = factory.Create(MeterName);
        _planStreams = meter.CreateUpDownCounter<long>("scheduler_plan_streams", description: "Open plan streams");
        _decisions = meter.CreateCounter<long>("scheduler_plan_decisions_total", description: "Descriptors answered, by result");
        _decisionSeconds = meter.CreateHistogram(
            "scheduler_plan_decision_seconds",
            "s",
            "Time from a descriptor's arrival to its answer being ready",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = DecisionBuckets });
        _pushes = meter.CreateCounter<long>("scheduler_plan_pushes_total", description: "Snapshots pushed to executors, by what became of them");
        _rejects = meter.CreateCounter<long>("scheduler_plan_rejects_total", description: "What was refused on plan and feed streams, by reason");
        _updates = meter.CreateCounter<long>("scheduler_feed_updates_total", description: "Snapshots sent, by whether whole or as a difference");
        _convergence = meter.CreateHistogram(
            "scheduler_plan_convergence_seconds",
            "s",
            "Time from a change to its being in use, on each executor and on the last of all",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = ConvergenceBuckets });
        meter.CreateObservableGauge("scheduler_policy_revision", () => store.Current.Revision, description: "Newest revision of the store");
    }

    /// <summary>Counts a plan stream that begins.</summary>
    public void PlanStreamOpened() => _planStreams.Add(1);

    /// <summary>Counts a plan stream that ends.</summary>
    public void PlanStreamClosed() => _planStreams.Add(-1);

    /// <summary>Counts a decision, by <see cref="DecisionResults"/>.</summary>
    public void Decided(string result, TimeSpan duration)
    {
        _decisions.Add(1, new KeyValuePair<string, object?>("result", result));
        _decisionSeconds.Record(duration.TotalSeconds);
    }

    /// <summary>Counts pushed snapshots, by <see cref="PushResults"/>.</summary>
    public void Pushed(string result, int count = 1) => _pushes.Add(count, new KeyValuePair<string, object?>("result", result));

    /// <summary>Counts a snapshot that is sent, by <see cref="UpdateKinds"/>.</summary>
    public void Updated(string kind) => _updates.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Records how long a change took to be in use, by <see cref="ConvergenceScopes"/>.</summary>
    public void Converged(string scope, TimeSpan elapsed) =>
        _convergence.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("of", scope));

    /// <summary>Counts a refusal, by <see cref="RejectReasons"/>.</summary>
    public void Rejected(string reason) => _rejects.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
