using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Ends searches that say that they run, but whose runner is gone.</summary>
internal static class OwnerlessSearches
{
    /// <summary>Turns a search that nobody runs any more, and does nothing to one that has ended; false while a runner holds its lease.</summary>
    /// <param name="tools">The scheduler's.</param>
    /// <param name="id">The search.</param>
    /// <param name="choose">Says what the search becomes.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="Store.StoreUnavailableException">It could not be made durable.</exception>
    public static async Task<bool> TryTurnAsync(
        this SearchTools tools, string id, Func<SearchLease, SearchStatus> choose, CancellationToken cancellationToken)
    {
        if (await tools.Searches.TryLeaseAsync(id, tools.Options.Lease, cancellationToken) is not { } lease)
        {
            return false;
        }

        try
        {
            if (tools.Searches.Read(id)!.Head.Status == SearchStatus.Running)
            {
                var entry = tools.Turned(choose(lease));
                var record = await tools.Searches.AppendAsync(lease, entry, cancellationToken);
                SearchLog.Ownerless(tools.Logger, id, entry.Status, record.Trials.Count);
            }

            await tools.Searches.ReleaseAsync(lease, cancellationToken);
            return true;
        }
        catch (StaleTokenException)
        {
            return false;
        }
    }
}
