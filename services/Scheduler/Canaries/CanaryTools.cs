using Fovea.Scheduler.Metrics;

namespace Fovea.Scheduler.Canaries;

/// <summary>Holds what the watch works with.</summary>
/// <param name="Options">Times and limits.</param>
/// <param name="Metrics">Instruments.</param>
/// <param name="Time">Clock.</param>
/// <param name="Logger">Log.</param>
internal sealed record CanaryTools(CanaryOptions Options, CanaryMetrics Metrics, TimeProvider Time, ILogger<CanaryWatch> Logger);
