using System.Globalization;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Store;

/// <summary>Changes the store on behalf of a call.</summary>
internal static class StoreCalls
{
    // Longer than a poll of the store takes to notice that it is back.
    private const int PushbackMs = 2000;
    private const string PushbackKey = "grpc-retry-pushback-ms";

    /// <summary>Does what <see cref="StoreTransaction.UpdateAsync"/> does; a store that takes no changes ends the call with UNAVAILABLE.</summary>
    public static Task<StoreState> UpdateForCallAsync(
        this ISchedulerStore store,
        Func<StoreState, StoreChange?> decide,
        CancellationToken cancellationToken) =>
        ForCallAsync(() => store.UpdateAsync(decide, cancellationToken));

    /// <summary>Does what <see cref="ISchedulerStore.HistoryAsync"/> does; a store that cannot be read ends the call with UNAVAILABLE.</summary>
    public static Task<IReadOnlyList<PolicyVersion>> HistoryForCallAsync(
        this ISchedulerStore store, string policy, int limit, CancellationToken cancellationToken) =>
        ForCallAsync(() => store.HistoryAsync(policy, limit, cancellationToken));

    /// <summary>Does what <see cref="ISchedulerStore.EventsAfterAsync"/> does; a store that cannot be read ends the call with UNAVAILABLE.</summary>
    public static Task<IReadOnlyList<PolicyVersion>?> EventsAfterForCallAsync(
        this ISchedulerStore store, long revision, CancellationToken cancellationToken) =>
        ForCallAsync(() => store.EventsAfterAsync(revision, cancellationToken));

    private static Metadata Later() => new() { { PushbackKey, PushbackMs.ToString(CultureInfo.InvariantCulture) } };

    private static async Task<T> ForCallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (StoreUnavailableException exception)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, exception.Message, exception), Later());
        }
    }
}
