using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>A snapshot in use; immutable, so whoever holds it sees one revision whole.</summary>
/// <param name="Id">Epoch, revision and digest.</param>
/// <param name="Message">The snapshot as it was sent or put together.</param>
/// <param name="Planning">What plans are decided by.</param>
internal sealed record AppliedSnapshot(SnapshotId Id, Snapshot Message, PlanningSnapshot Planning);
