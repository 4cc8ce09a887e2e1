namespace Fovea.Executor.Runtime;

/// <summary>One queued step of work that serves no request.</summary>
/// <param name="Run">Runs it and hands its outcome over; never throws.</param>
/// <param name="Fail">Ends it with an error instead.</param>
internal sealed record AsideStep(Action Run, Action<Exception> Fail);
