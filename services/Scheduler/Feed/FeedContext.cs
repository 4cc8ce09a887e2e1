using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Feed;

/// <summary>Holds what all feed streams share.</summary>
/// <param name="Store">What is followed.</param>
/// <param name="Snapshots">Messages of its states.</param>
/// <param name="Options">Times and limits.</param>
/// <param name="Time">Clock of all timers.</param>
/// <param name="Metrics">Instruments.</param>
internal sealed record FeedContext(
    ISchedulerStore Store,
    SnapshotCache Snapshots,
    FeedOptions Options,
    TimeProvider Time,
    SchedulerMetrics Metrics);
