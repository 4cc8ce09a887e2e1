namespace Fovea.Executor.Intake;

/// <summary>Name of this executor in events and to the scheduler.</summary>
/// <param name="Id">The name.</param>
internal sealed record ExecutorName(string Id);
