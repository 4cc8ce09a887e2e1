namespace Fovea.Scheduler.Store;

/// <summary>Repeats a compare-and-set until no other writer came in between.</summary>
internal static class StoreTransaction
{
    /// <summary>
    /// Calls <paramref name="decide"/> with the newest state until the change it returns is committed on exactly that
    /// state; returns the committed state, or the unchanged one when it returns null. What it throws is passed on.
    /// </summary>
    public static async Task<StoreState> UpdateAsync(
        this ISchedulerStore store,
        Func<StoreState, StoreChange?> decide,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var basis = store.Current;
            var change = decide(basis);
            if (change is null)
            {
                return basis;
            }

            var committed = await store.TryCommitAsync(basis, change, cancellationToken);
            if (committed is not null)
            {
                return committed;
            }
        }
    }
}
