using Fovea.Contracts.V1;

namespace Fovea.Contracts.Snapshots;

/// <summary>Makes the difference between two snapshots and applies it; whole resources are the smallest unit.</summary>
/// <remarks>What is applied to another snapshot than it was made from gives another digest than the update's, by which that is noticed.</remarks>
public static class SnapshotDeltas
{
    /// <summary>Returns what leads from one snapshot to another one of the same epoch; resources are shared with <paramref name="to"/>.</summary>
    public static SnapshotDelta Between(Snapshot from, string fromDigest, Snapshot to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var changes = new Snapshot { Epoch = to.Epoch, Revision = to.Revision };
        var delta = new SnapshotDelta { FromRevision = from.Revision, FromDigest = fromDigest, Changes = changes };
        var old = SnapshotResources.ByKey(from);
        foreach (var resource in SnapshotResources.In(to))
        {
            if (!old.Remove(SnapshotResources.KeyOf(resource), out var before) || !(ReferenceEquals(before, resource) || before.Equals(resource)))
            {
                SnapshotResources.Add(changes, resource);
            }
        }

        delta.Removed.AddRange(old.Keys.OrderBy(key => key.Kind).ThenBy(key => key.Name, StringComparer.Ordinal).Select(key => key.ToProto()));
        return delta;
    }

    /// <summary>Returns the snapshot that results, in canonical order; resources are shared with both.</summary>
    public static Snapshot Apply(Snapshot held, SnapshotDelta delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        var resources = SnapshotResources.ByKey(held);
        foreach (var name in delta.Removed)
        {
            resources.Remove(ResourceKey.Of(name));
        }

        var changes = delta.Changes ?? new Snapshot();
        foreach (var resource in SnapshotResources.In(changes))
        {
            resources[SnapshotResources.KeyOf(resource)] = resource;
        }

        var result = new Snapshot { Epoch = changes.Epoch, Revision = changes.Revision };
        foreach (var (_, resource) in resources.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
        {
            SnapshotResources.Add(result, resource);
        }

        return result;
    }
}
