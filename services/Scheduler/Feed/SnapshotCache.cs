using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Feed;

/// <summary>Makes the message of a state once for all executors.</summary>
internal sealed class SnapshotCache
{
    private volatile Entry? _newest;

    /// <summary>Returns the snapshot of a state; it is shared and never changed.</summary>
    public Snapshot Of(StoreState state)
    {
        var newest = _newest;
        if (newest is null || !ReferenceEquals(newest.State, state))
        {
            newest = new Entry(state, ToSnapshot(state));
            _newest = newest;
        }

        return newest.Snapshot;
    }

    /// <summary>Makes the snapshot of a state.</summary>
    public static Snapshot ToSnapshot(StoreState state)
    {
        var snapshot = new Snapshot { Epoch = state.Epoch, Revision = state.Revision };
        snapshot.Policies.AddRange(state.Policies.Values);
        snapshot.Schedules.AddRange(state.Schedules.Values);
        return snapshot;
    }

    private sealed record Entry(StoreState State, Snapshot Snapshot);
}
