namespace Fovea.Scheduler.Streams;

/// <summary>Lets a task end by itself.</summary>
internal static class Unawaited
{
    /// <summary>Takes note of the task's exception whenever it comes, so that it is not reported as unobserved.</summary>
    public static void Observe(Task task) =>
        _ = task.ContinueWith(ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
