using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Snapshots;

/// <summary>Is one revision of the store as executors are sent it; shared by all streams and never changed.</summary>
/// <param name="Id">Epoch, revision and digest.</param>
/// <param name="Snapshot">The snapshot whole.</param>
/// <param name="Bytes">Size of the snapshot on the wire.</param>
internal sealed record PastSnapshot(SnapshotId Id, Snapshot Snapshot, int Bytes);
