using Fovea.Scheduler.Metrics;

namespace Fovea.Scheduler.Plans;

/// <summary>Holds what all plan streams share.</summary>
/// <param name="Answerer">Decides.</param>
/// <param name="Options">Times and limits.</param>
/// <param name="Time">Clock of all timers.</param>
/// <param name="Metrics">Instruments.</param>
internal sealed record PlanContext(PlanAnswerer Answerer, PlansOptions Options, TimeProvider Time, SchedulerMetrics Metrics);
