using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Snapshots;

public sealed class SnapshotHistoryTests
{
    private readonly SnapshotHistory _history = new(size: 3);

    [Fact]
    public void Update_HeldIsKnown_IsOneDeltaForAll()
    {
        var (from, to) = (_history.Of(State(1)), _history.Of(State(2)));

        var first = _history.Update(from.Id, to, isWhole: false);
        var second = _history.Update(from.Id, to, isWhole: false);

        Assert.Same(first.Delta, second.Delta);
        Assert.Equal(to.Id, SnapshotId.Of(SnapshotDeltas.Apply(from.Snapshot, first.Delta)));
    }

    [Fact]
    public void Update_HeldIsForgotten_IsWhole()
    {
        var from = _history.Of(State(1)).Id;
        _ = Enumerable.Range(2, 3).Select(revision => _history.Of(State(revision))).ToList();
        var to = _history.Of(State(5));

        Assert.Same(to.Snapshot, _history.Update(from, to, isWhole: false).Snapshot);
    }

    [Theory]
    [InlineData("e1", "other", false)]
    [InlineData("e0", null, false)]
    [InlineData("e1", null, true)]
    public void Update_HeldIsAnotherOrTheWholeIsWanted_IsWhole(string epoch, string? digest, bool isWhole)
    {
        var from = _history.Of(State(1)).Id;
        var to = _history.Of(State(2));

        var update = _history.Update(new SnapshotId(epoch, from.Revision, digest ?? from.Digest), to, isWhole);

        Assert.Same(to.Snapshot, update.Snapshot);
        Assert.Equal(to.Id.Digest, update.Digest);
    }

    [Fact]
    public void Update_DeltaIsLargerThanTheWhole_IsWhole()
    {
        var state = Enumerable.Range(0, 50).Aggregate(StoreState.Empty("e1"), (state, index) => state.With(new StoreChange.PutPolicy(TestPolicies.Full($"policy-{index}"))));
        var emptied = state.Policies.Keys.Skip(1).Aggregate(state, (state, name) => state.With(new StoreChange.DeletePolicy(name)));
        var (from, to) = (_history.Of(state), _history.Of(emptied));

        Assert.NotNull(_history.Update(from.Id, to, isWhole: false).Snapshot);
    }

    [Fact]
    public void Of_NextState_SharesWhatDidNotChange()
    {
        var state = State(1).With(new StoreChange.PutSchedule(new Schedule { Id = "s", Model = "*", Spec = "uniform:r=0.5", Provenance = new ScheduleProvenance { SearchId = "x" } }));
        var first = _history.Of(state);
        var second = _history.Of(state.With(new StoreChange.PutPolicy(TestPolicies.Full("b"))));

        Assert.Same(first.Snapshot.Schedules.Single(), second.Snapshot.Schedules.Single());
        Assert.Null(second.Snapshot.Schedules.Single().Provenance);
        Assert.Same(second, _history.Of(state.With(new StoreChange.PutPolicy(TestPolicies.Full("b")))));
    }

    private static StoreState State(int revision) => Enumerable.Range(1, revision).Aggregate(
        StoreState.Empty("e1").With(new StoreChange.PutPolicy(TestPolicies.Large("other"))),
        (state, floor) => state.With(new StoreChange.PutPolicy(TestPolicies.Full("default", floor))));
}
