using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is an update with the snapshot that it gives.</summary>
/// <param name="Update">The message.</param>
/// <param name="Snapshot">The snapshot, put together.</param>
internal sealed record FeedUpdate(SnapshotUpdate Update, Snapshot Snapshot)
{
    public string Nonce => Update.Nonce;

    public string Digest => Update.Digest;

    public bool IsDelta => Update.ContentCase == SnapshotUpdate.ContentOneofCase.Delta;
}
