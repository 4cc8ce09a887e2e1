using System.Collections.Immutable;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>What an update and the snapshot in use give together.</summary>
/// <param name="Target">The snapshot that the update is to give.</param>
/// <param name="Snapshot">That snapshot; null when the update does not give it.</param>
/// <param name="Faults">Why it does not.</param>
internal sealed record SnapshotAssembly(SnapshotId Target, Snapshot? Snapshot, ImmutableArray<Fault> Faults)
{
    /// <summary>Puts an update together with what is held; whatever comes out must have the digest that the update names.</summary>
    public static SnapshotAssembly Of(SnapshotUpdate update, AppliedSnapshot? held)
    {
        var content = update.ContentCase == SnapshotUpdate.ContentOneofCase.Delta ? update.Delta.Changes : update.Snapshot;
        var target = new SnapshotId(content?.Epoch ?? string.Empty, content?.Revision ?? 0, update.Digest);
        if (content is null)
        {
            return Misfit(target, "content", "the update has none.");
        }

        if (update.Delta is { } delta)
        {
            if (held is null || held.Id.Epoch != target.Epoch || held.Id.Revision != delta.FromRevision || held.Id.Digest != delta.FromDigest)
            {
                return Misfit(target, "delta", $"it leads from revision {delta.FromRevision} of epoch {target.Epoch} to another one, and {held?.Id ?? SnapshotId.None} is held.");
            }

            content = SnapshotDeltas.Apply(held.Message, delta);
        }

        var digest = SnapshotDigest.Of(content);
        return digest == update.Digest
            ? new SnapshotAssembly(target, content, [])
            : Misfit(target, "digest", $"what results has digest {digest}, and {(update.Digest.Length > 0 ? update.Digest : "none")} is named.");
    }

    private static SnapshotAssembly Misfit(SnapshotId target, string field, string message) =>
        new(target, null, [new Fault { Field = field, Message = message }]);
}
