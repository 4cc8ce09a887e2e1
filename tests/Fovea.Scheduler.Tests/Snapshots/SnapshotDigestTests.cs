using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Snapshots;

public sealed class SnapshotDigestTests
{
    [Fact]
    public void Of_ResourcesInAnotherOrder_IsTheSame() => Assert.Equal(SnapshotDigest.Of(Make("a", "b")), SnapshotDigest.Of(Make("b", "a")));

    [Fact]
    public void Of_AnyDifference_IsAnother()
    {
        var snapshot = Make("a", "b");
        string[] digests =
        [
            SnapshotDigest.Of(snapshot),
            SnapshotDigest.Of(new Snapshot(snapshot) { Epoch = "f" }),
            SnapshotDigest.Of(new Snapshot(snapshot) { Revision = 8 }),
            SnapshotDigest.Of(Make("a")),
            SnapshotDigest.Of(Make("a", "c")),
        ];

        Assert.Equal(5, digests.Distinct().Count());
        Assert.All(digests, digest => Assert.Matches("^[0-9a-f]{64}$", digest));
    }

    [Fact]
    public void IsOlderThan_LowerRevisionOrEpoch_IsOlder()
    {
        var id = new SnapshotId("e5", 7, "d");

        Assert.True(new SnapshotId("e5", 6, "x").IsOlderThan(id));
        Assert.True(new SnapshotId("e4", 9, "x").IsOlderThan(id));
        Assert.True(SnapshotId.None.IsOlderThan(id));
        Assert.False(new SnapshotId("e5", 7, "x").IsOlderThan(id));
        Assert.False(new SnapshotId("e6", 1, "x").IsOlderThan(id));
        Assert.True(new SnapshotId("e5", 7, "x").IsAt(id));
    }

    private static Snapshot Make(params string[] names)
    {
        var snapshot = new Snapshot { Epoch = "e", Revision = 7 };
        snapshot.Policies.AddRange(names.Select(name => new StoredPolicy { Policy = TestPolicies.Full(name), Revision = 1 }));
        return snapshot;
    }
}
