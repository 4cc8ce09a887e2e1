using Fovea.Scheduler.Snapshots;
using Grpc.Core;

namespace Fovea.Scheduler.Store;

/// <summary>Keeps the snapshot small enough to be received: gRPC peers refuse messages above 4 MB unless told otherwise.</summary>
internal sealed class SnapshotLimit
{
    private readonly StoreOptions _options;

    /// <summary>Makes the limit that the options set.</summary>
    public SnapshotLimit(StoreOptions options) => _options = options;

    /// <summary>Returns the change.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: the snapshot would exceed the limit.</exception>
    public StoreChange Check(StoreState state, StoreChange change)
    {
        var size = ServingState.ToSnapshot(state.With(change)).CalculateSize();
        return size <= _options.MaxSnapshotBytes
            ? change
            : throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"the snapshot would have {size} bytes, allowed are {_options.MaxSnapshotBytes} (Store:MaxSnapshotBytes); delete schedules that no policy uses"));
    }
}
