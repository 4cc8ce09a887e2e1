using Fovea.Executor.Intake;
using Fovea.ServiceDefaults.Drain;

namespace Fovea.Executor.Calibration;

/// <summary>What every calibration call needs of its host.</summary>
/// <param name="Name">Name of this executor.</param>
/// <param name="Drain">Fires when the executor goes down.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record CalibrationTools(ExecutorName Name, DrainSignal Drain, TimeProvider Time, ILogger<CalibrationService> Logger);
