using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Fleet;

/// <summary>Says how executors stand to a scheduler's newest snapshot.</summary>
internal static class SyncStates
{
    /// <summary>Returns the state of an executor against the newest epoch and revision.</summary>
    public static SyncState Of(ExecutorStatus status, string epoch, long revision)
    {
        var newest = new SnapshotId(epoch, revision, string.Empty);
        var held = new SnapshotId(status.AppliedEpoch, status.AppliedRevision, string.Empty);
        return newest.IsOlderThan(held) ? SyncState.Ahead
            : held.IsAt(newest) ? SyncState.Acked
            : status.RefusedRevision == revision ? SyncState.Nacked
            : SyncState.Behind;
    }
}
