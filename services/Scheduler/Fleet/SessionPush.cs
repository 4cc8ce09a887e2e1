using Fovea.Contracts.Snapshots;

namespace Fovea.Scheduler.Fleet;

/// <summary>Is a snapshot that was pushed and not answered yet.</summary>
/// <param name="Nonce">What the answer names.</param>
/// <param name="Target">What the executor holds when it acknowledges.</param>
/// <param name="IsWhole">Whether it was sent whole.</param>
/// <param name="Timestamp">When it was sent.</param>
internal sealed record SessionPush(string Nonce, SnapshotId Target, bool IsWhole, long Timestamp);
