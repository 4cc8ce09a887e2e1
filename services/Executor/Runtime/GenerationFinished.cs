namespace Fovea.Executor.Runtime;

/// <summary>The answer is complete; the last event of a job.</summary>
/// <param name="Reason">Why it ended.</param>
internal sealed record GenerationFinished(FinishReason Reason) : GenerationEvent;
