namespace Fovea.Scheduler.Search.Journal;

/// <summary>Tells any number of waiters that something has changed; who takes the task before looking misses nothing.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Gets a task that completes at the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Completes the task that was given out.</summary>
    public void Give() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
