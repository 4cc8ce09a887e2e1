namespace Fovea.Executor.Planning;

/// <summary>How long to wait for the scheduler, and on which clock.</summary>
/// <param name="Timeout">Longest wait for one plan.</param>
/// <param name="Time">Clock.</param>
internal sealed record PlanTiming(TimeSpan Timeout, TimeProvider Time);
