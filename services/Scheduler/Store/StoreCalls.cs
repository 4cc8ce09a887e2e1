using Grpc.Core;

namespace Fovea.Scheduler.Store;

/// <summary>Changes the store on behalf of a call.</summary>
internal static class StoreCalls
{
    /// <summary>Does what <see cref="StoreTransaction.UpdateAsync"/> does; a store that takes no changes ends the call with UNAVAILABLE.</summary>
    public static async Task<StoreState> UpdateForCallAsync(
        this ISchedulerStore store,
        Func<StoreState, StoreChange?> decide,
        CancellationToken cancellationToken)
    {
        try
        {
            return await store.UpdateAsync(decide, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, exception.Message, exception));
        }
    }
}
