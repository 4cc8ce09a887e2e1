using Fovea.Contracts.V1;

namespace Fovea.Contracts.Snapshots;

/// <summary>Identifies one snapshot: where it stands in the store's history, and what is in it.</summary>
/// <remarks>Epochs are made to sort by the time at which they began, so of two snapshots the one of the later epoch is the newer one.</remarks>
/// <param name="Epoch">Epoch; empty for none.</param>
/// <param name="Revision">Revision within the epoch.</param>
/// <param name="Digest">Digest of the content, as <see cref="SnapshotDigest"/> makes it; empty when unknown.</param>
public readonly record struct SnapshotId(string Epoch, long Revision, string Digest)
{
    /// <summary>Gets the id of no snapshot; every snapshot is newer.</summary>
    public static SnapshotId None { get; } = new(string.Empty, 0, string.Empty);

    /// <summary>Gets whether there is no snapshot.</summary>
    public bool IsNone => Epoch.Length == 0;

    /// <summary>Returns the id of a snapshot.</summary>
    public static SnapshotId Of(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new SnapshotId(snapshot.Epoch, snapshot.Revision, SnapshotDigest.Of(snapshot));
    }

    /// <summary>Returns whether this snapshot came before another one.</summary>
    public bool IsOlderThan(SnapshotId other) => Compare(other) < 0;

    /// <summary>Returns whether both stand at the same epoch and revision.</summary>
    public bool IsAt(SnapshotId other) => Compare(other) == 0;

    /// <summary>Writes epoch and revision.</summary>
    public override string ToString() => IsNone ? "none" : $"{Epoch}/{Revision}";

    private int Compare(SnapshotId other)
    {
        var epochs = string.CompareOrdinal(Epoch, other.Epoch);
        return epochs != 0 ? epochs : Revision.CompareTo(other.Revision);
    }
}
