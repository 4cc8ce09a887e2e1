using System.Collections.Immutable;
using System.Globalization;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Makes snapshots of one policy.</summary>
internal static class Snapshots
{
    public static Snapshot Uniform(string epoch, long revision, double rate) =>
        Of(epoch, revision, new ClassRule { RequestClass = "*", Spec = string.Create(CultureInfo.InvariantCulture, $"uniform:r={rate}") });

    public static Snapshot Of(string epoch, long revision, params ClassRule[] rules)
    {
        var policy = new Policy { Name = "default", Model = "*" };
        policy.Rules.AddRange(rules);
        var snapshot = new Snapshot { Epoch = epoch, Revision = revision };
        snapshot.Policies.Add(new StoredPolicy { Policy = policy, Revision = revision, Epoch = epoch });
        return snapshot;
    }

    /// <summary>The update that carries a snapshot whole.</summary>
    public static SnapshotUpdate Whole(Snapshot snapshot) => new() { Snapshot = snapshot, Digest = SnapshotDigest.Of(snapshot) };

    /// <summary>The update that leads from one snapshot to another.</summary>
    public static SnapshotUpdate Delta(Snapshot from, Snapshot to) =>
        new() { Delta = SnapshotDeltas.Between(from, SnapshotDigest.Of(from), to), Digest = SnapshotDigest.Of(to) };

    /// <summary>Offers a snapshot whole; gives every fault, none when it is in use.</summary>
    public static ImmutableArray<Fault> Offer(this SnapshotStore store, Snapshot snapshot) => store.Offer(Whole(snapshot)).Faults;
}
