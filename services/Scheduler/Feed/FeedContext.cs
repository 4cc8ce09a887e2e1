using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Feed;

/// <summary>Holds what all feed streams share.</summary>
/// <param name="Store">What is followed.</param>
/// <param name="History">Its recent states as they are sent.</param>
/// <param name="Convergence">Measures when changes are in use.</param>
/// <param name="Options">Times and limits.</param>
/// <param name="Time">Clock of all timers.</param>
/// <param name="Metrics">Instruments.</param>
internal sealed record FeedContext(
    ISchedulerStore Store,
    SnapshotHistory History,
    ConvergenceTracker Convergence,
    FeedOptions Options,
    TimeProvider Time,
    SchedulerMetrics Metrics);
