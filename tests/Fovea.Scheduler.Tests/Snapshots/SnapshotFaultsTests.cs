using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Snapshots;

public sealed class SnapshotFaultsTests
{
    [Fact]
    public void ByResource_FaultyOnes_AreNamedWithWhatStaysInUse()
    {
        var inUse = new Snapshot { Epoch = "e", Revision = 3, Policies = { Stored(TestPolicies.Full("a"), 2) } };
        var refused = new Snapshot
        {
            Epoch = "e",
            Revision = 5,
            Policies = { Stored(TestPolicies.BySpec("a", "x"), 4), Stored(TestPolicies.Full("good"), 1), Stored(TestPolicies.BySchedule("b", "s-0123456789abcdef"), 5) },
            Schedules = { new Schedule { Id = "s-fedcba9876543210", Model = "*", Revision = 3 } },
        };

        var resources = SnapshotFaults.ByResource(refused, SnapshotMapping.ToDomain(refused).Faults, inUse);

        Assert.Equal(
            [(ResourceKind.Schedule, "s-fedcba9876543210", 3L, 0L), (ResourceKind.Policy, "a", 4L, 2L), (ResourceKind.Policy, "b", 5L, 0L)],
            resources.Select(resource => (resource.Resource.Kind, resource.Resource.Name, resource.Revision, resource.InUseRevision)));
        Assert.All(resources, resource => Assert.NotEmpty(resource.Faults));
    }

    [Fact]
    public void ByResource_FaultOfTheWhole_NamesNone()
    {
        var refused = new Snapshot { Revision = 5 };

        Assert.Empty(SnapshotFaults.ByResource(refused, SnapshotMapping.ToDomain(refused).Faults, inUse: null));
    }

    private static StoredPolicy Stored(Policy policy, long revision) => new() { Policy = policy, Revision = revision, Epoch = "e" };
}
