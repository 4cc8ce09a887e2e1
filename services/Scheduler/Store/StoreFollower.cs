namespace Fovea.Scheduler.Store;

/// <summary>Waits for changes of a store for a limited time.</summary>
internal static class StoreFollower
{
    /// <summary>Returns the newest state as soon as it is not <paramref name="seen"/>, or null once the timeout has passed.</summary>
    public static async Task<StoreState?> WaitForChangeAsync(
        this ISchedulerStore store,
        StoreState seen,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await store.WaitForChangeAsync(seen, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
