using Fovea.Scheduler.Metrics;
using Fovea.ServiceDefaults.Security;

namespace Fovea.Scheduler.Plans;

/// <summary>Holds what all plan streams share.</summary>
/// <param name="Answerer">Decides.</param>
/// <param name="Options">Times and limits.</param>
/// <param name="Time">Clock of all timers.</param>
/// <param name="Metrics">Instruments.</param>
/// <param name="Ids">Which caller may use which id.</param>
internal sealed record PlanContext(
    PlanAnswerer Answerer, PlansOptions Options, TimeProvider Time, SchedulerMetrics Metrics, ExecutorIdRule Ids);
