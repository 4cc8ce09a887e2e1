using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Gives what fanning out needs from the scheduler.</summary>
/// <param name="Fleet">The executors.</param>
/// <param name="Channels">Makes channels to them.</param>
/// <param name="Options">The options.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">Counts samples and reruns.</param>
/// <param name="Logger">Logs what happens to executors.</param>
internal sealed record FanoutTools(
    IFleetBoard Fleet,
    CalibrationChannels Channels,
    SearchOptions Options,
    TimeProvider Time,
    SearchMetrics Metrics,
    ILogger<FanoutTools> Logger);
