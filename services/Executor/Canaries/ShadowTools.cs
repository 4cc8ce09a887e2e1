using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Overload;

namespace Fovea.Executor.Canaries;

/// <summary>What shadow runs work with.</summary>
/// <param name="Images">Decodes images, as for served requests.</param>
/// <param name="Load">Tells whether requests wait.</param>
/// <param name="Kv">Room for the KV cache.</param>
/// <param name="Metrics">Instruments.</param>
/// <param name="Pause">Time after which a run that gave way looks again.</param>
/// <param name="Time">Clock.</param>
/// <param name="Logger">Log.</param>
internal sealed record ShadowTools(
    ImagePipeline Images, ExecutorLoad Load, KvReservations Kv, ShadowMetrics Metrics, TimeSpan Pause, TimeProvider Time, ILogger<ShadowRunner> Logger);
