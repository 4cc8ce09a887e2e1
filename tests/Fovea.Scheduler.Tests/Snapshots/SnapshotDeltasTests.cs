using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Fovea.Scheduler.Tests.Snapshots;

public sealed class SnapshotDeltasTests
{
    private static readonly ResourceKind[] Kinds = [ResourceKind.Policy, ResourceKind.Schedule, ResourceKind.BudgetTable, ResourceKind.CostTable];

    [Fact]
    public void Apply_DeltaBetweenAnyTwo_GivesTheSecond() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(int, byte)[]>(),
            ArbMap.Default.ArbFor<(int, byte)[]>(),
            (first, second) =>
            {
                var (from, to) = (Make(1, first), Make(2, second));
                var result = SnapshotDeltas.Apply(from, SnapshotDeltas.Between(from, SnapshotDigest.Of(from), to));
                return result.Equals(SnapshotDigest.Canonical(to)) && SnapshotDigest.Of(result) == SnapshotDigest.Of(to);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_ToAnotherBase_GivesAnotherDigest()
    {
        var from = Make(1, [(0, 1), (1, 1)]);
        var to = Make(2, [(0, 1), (1, 2)]);
        var delta = SnapshotDeltas.Between(from, SnapshotDigest.Of(from), to);

        Assert.NotEqual(SnapshotDigest.Of(to), SnapshotDigest.Of(SnapshotDeltas.Apply(Make(1, [(0, 3)]), delta)));
    }

    [Fact]
    public void Between_Equal_ChangesNothing()
    {
        var (from, to) = (Make(1, [(0, 1), (1, 1)]), Make(2, [(0, 1), (1, 1)]));

        var delta = SnapshotDeltas.Between(from, "d", to);

        Assert.Empty(SnapshotResources.In(delta.Changes));
        Assert.Empty(delta.Removed);
        Assert.Equal((1L, "d", 2L), (delta.FromRevision, delta.FromDigest, delta.Changes.Revision));
    }

    /// <summary>Makes a snapshot of resources whose kind and name come from a number and whose content from another.</summary>
    private static Snapshot Make(long revision, (int Name, byte Content)[] resources)
    {
        var snapshot = new Snapshot { Epoch = "e", Revision = revision };
        foreach (var (name, content) in resources.DistinctBy(resource => Key(resource.Item1)))
        {
            var (kind, text) = Key(name);
            SnapshotResources.Add(snapshot, kind switch
            {
                ResourceKind.Policy => new StoredPolicy { Policy = TestPolicies.Full(text, content), Revision = content },
                ResourceKind.Schedule => new Schedule { Id = text, Revision = content, Rates = { content } },
                ResourceKind.BudgetTable => new BudgetTable { Model = text, Revision = content },
                _ => new CostTable { Model = text, Revision = content },
            });
        }

        return snapshot;
    }

    private static (ResourceKind Kind, string Name) Key(int number) => (Kinds[(uint)number % 4], $"n{(uint)number / 4 % 5}");
}
