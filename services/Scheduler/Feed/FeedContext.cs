using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Security;

namespace Fovea.Scheduler.Feed;

/// <summary>Holds what all feed streams share.</summary>
/// <param name="Store">What is followed.</param>
/// <param name="States">Its states as messages.</param>
/// <param name="Options">Times and limits.</param>
/// <param name="Time">Clock of all timers.</param>
/// <param name="Metrics">Instruments.</param>
/// <param name="Ids">Which caller may use which id.</param>
internal sealed record FeedContext(
    ISchedulerStore Store,
    ServingStates States,
    FeedOptions Options,
    TimeProvider Time,
    SchedulerMetrics Metrics,
    ExecutorIdRule Ids);
