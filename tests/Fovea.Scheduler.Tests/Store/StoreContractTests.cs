using System.Collections.Concurrent;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

/// <summary>Tests what every store promises; each store has a subclass.</summary>
public abstract class StoreContractTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private ISchedulerStore _store = null!;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync() => await CloseAsync();

    [Fact]
    public void Open_NewStore_IsEmptyFreshAndOfSomeEpoch()
    {
        Assert.Equal((0, 0), (_store.Current.Generation, _store.Current.Revision));
        Assert.NotEmpty(_store.Current.Epoch);
        Assert.Empty(_store.Current.Policies);
        Assert.Equal(StoreStatus.Fresh, _store.Status);
    }

    [Fact]
    public async Task TryCommitAsync_NewestBasis_IsSeenAtOnce()
    {
        var basis = _store.Current;

        var committed = await _store.TryCommitAsync(basis, new StoreChange.PutPolicy(TestPolicies.Full("a")), default);

        Assert.Equal((1, 1), (committed!.Generation, committed.Revision));
        Assert.Same(committed, _store.Current);
        Assert.Equal((1, basis.Epoch), (committed.Policies["a"].Revision, committed.Policies["a"].Epoch));
    }

    [Fact]
    public async Task TryCommitAsync_StaleBasis_ChangesNothing()
    {
        var basis = _store.Current;
        await Stores.PutAsync(_store, TestPolicies.Full("a"));

        var committed = await _store.TryCommitAsync(basis, new StoreChange.PutPolicy(TestPolicies.Full("b")), default);

        Assert.Null(committed);
        Assert.Equal(["a"], _store.Current.Policies.Keys);
        Assert.Empty(await _store.HistoryAsync("b", 10, default));
    }

    [Fact]
    public async Task UpdateAsync_ManyWriters_EachRevisionIsWonOnce()
    {
        const int Writers = 8;
        const int Changes = 10;
        var revisions = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var change = 0; change < Changes; change++)
            {
                revisions.Add((await IncrementAsync(_store)).Revision);
            }
        })));

        Assert.Equal(Enumerable.Range(1, Writers * Changes).Select(number => (long)number), revisions.Order());
        Assert.Equal(Writers * Changes, _store.Current.Policies["counter"].Policy.Floor);
    }

    [Fact]
    public async Task Reopen_AfterEveryKindOfChange_HoldsTheSame()
    {
        var schedule = ScheduleMapping.ToDomain(TestPolicies.Rates(4, 1.0 / 3), []).Require().ToProto();
        await CommitAsync(new StoreChange.PutSchedule(schedule));
        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("a"), Trial(0.5)));
        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("gone")));
        await CommitAsync(new StoreChange.DeletePolicy("gone"));
        await CommitAsync(new StoreChange.PutModel(TestModels.LlavaProfile()));
        await CommitAsync(new StoreChange.PutBudgetTable(TestTables.Budgets()));
        var before = await CommitAsync(new StoreChange.PutCostTable(TestTables.Costs()));

        _store = await ReopenAsync();

        var after = _store.Current;
        Assert.Equal(StoreStatus.Fresh, _store.Status);
        Assert.Equal((before.Epoch, before.Generation, before.Revision), (after.Epoch, after.Generation, after.Revision));
        Assert.Equal<KeyValuePair<string, StoredPolicy>>(before.Policies, after.Policies);
        Assert.Equal<KeyValuePair<string, Schedule>>(before.Schedules, after.Schedules);
        Assert.Equal<KeyValuePair<string, ModelProfile>>(before.Models, after.Models);
        Assert.Equal<KeyValuePair<string, BudgetTable>>(before.BudgetTables, after.BudgetTables);
        Assert.Equal<KeyValuePair<string, CostTable>>(before.CostTables, after.CostTables);
        Assert.Equal(7, (await Stores.PutAsync(_store, TestPolicies.Full("more"))).Revision);
    }

    [Fact]
    public async Task WaitForChangeAsync_Commit_CompletesWithTheNewest()
    {
        var seen = _store.Current;
        var waiting = _store.WaitForChangeAsync(seen, default);
        Assert.False(waiting.IsCompleted);

        var committed = await Stores.PutAsync(_store, TestPolicies.Full("a"));

        Assert.Same(committed, await waiting.WaitAsync(Limits.Step));
        Assert.Same(committed, await _store.WaitForChangeAsync(seen, default));
    }

    [Fact]
    public async Task PutSchedule_SameIdOtherContent_IsRefused()
    {
        var schedule = TestPolicies.Rates(4, 0.5);
        schedule.Id = "s-1";
        var stored = await CommitAsync(new StoreChange.PutSchedule(schedule));
        var other = TestPolicies.Rates(4, 0.25);
        other.Id = "s-1";

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new StoreChange.PutSchedule(other)));

        Assert.Same(stored, _store.Current);
        Assert.Equal(stored.Schedules["s-1"], (await CommitAsync(new StoreChange.PutSchedule(schedule))).Schedules["s-1"]);
    }

    [Fact]
    public async Task PutPolicy_Canary_BeginsStaysAndEnds()
    {
        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("a"), Trial(0.1)));
        Assert.Equal(1, _store.Current.Policies["a"].Canary.Revision);

        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("a", 5), _store.Current.Policies["a"].Canary));
        Assert.Equal((2, 1), (_store.Current.Policies["a"].Revision, _store.Current.Policies["a"].Canary.Revision));

        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("a", 5)));
        Assert.Null(_store.Current.Policies["a"].Canary);
    }

    [Fact]
    public async Task HistoryAsync_ChangesOfAllKinds_AreKeptNewestFirstWithTheirNotes()
    {
        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("a")));
        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("b")));
        await CommitAsync(new StoreChange.PutPolicy(TestPolicies.Full("a"), Trial(0.1)) { Note = new(PolicyAction.CanaryStarted, "alice", "try it", Noon) });
        await CommitAsync(new StoreChange.PutModel(TestModels.LlavaProfile()));
        await CommitAsync(new StoreChange.DeletePolicy("a") { Note = new(PolicyAction.Deleted, "bob", "", Noon) });

        _store = await ReopenAsync();
        var versions = await _store.HistoryAsync("a", 10, default);

        Assert.Equal([4, 3, 1], versions.Select(version => version.Revision));
        Assert.Equal([PolicyAction.Deleted, PolicyAction.CanaryStarted, PolicyAction.Applied], versions.Select(version => version.Action));
        Assert.Equal(["bob", "alice", ChangeNote.Anonymous], versions.Select(version => version.Actor));
        Assert.Null(versions[0].Policy);
        Assert.Equal(("try it", Noon, 0.1), (versions[1].Reason, versions[1].Time.ToDateTimeOffset(), versions[1].Policy.Canary.Share));
        Assert.All(versions, version => Assert.Equal(("a", _store.Current.Epoch), (version.Name, version.Epoch)));
        Assert.Equal([4, 3], (await _store.HistoryAsync("a", 2, default)).Select(version => version.Revision));
        Assert.Empty(await _store.HistoryAsync("never", 10, default));
    }

    [Fact]
    public async Task HistoryAsync_MoreThanTheLimit_KeepsTheNewest()
    {
        _store = await ReopenAsync(historyLimit: 3);
        for (var floor = 1; floor <= 5; floor++)
        {
            await Stores.PutAsync(_store, TestPolicies.Full("a", floor));
        }

        Assert.Equal([5, 4, 3], (await _store.HistoryAsync("a", 10, default)).Select(version => version.Revision));
    }

    [Fact]
    public async Task EventsAfterAsync_ChangesOfPolicies_ComeInOrderWithoutGaps()
    {
        await Stores.PutAsync(_store, TestPolicies.Full("a"));
        await CommitAsync(new StoreChange.PutCostTable(TestTables.Costs()));
        await Stores.PutAsync(_store, TestPolicies.Full("b"));
        await CommitAsync(new StoreChange.DeletePolicy("a"));

        _store = await ReopenAsync();

        Assert.Equal([1, 3, 4], (await _store.EventsAfterAsync(0, default))!.Select(version => version.Revision));
        Assert.Equal(["b", "a"], (await _store.EventsAfterAsync(2, default))!.Select(version => version.Name));
        Assert.Empty((await _store.EventsAfterAsync(4, default))!);
    }

    private protected abstract Task<ISchedulerStore> OpenAsync(int historyLimit = 100);

    private protected abstract Task CloseAsync();

    private protected static Task<StoreState> IncrementAsync(ISchedulerStore store) => store.UpdateAsync(
        state => new StoreChange.PutPolicy(TestPolicies.Full("counter", (state.Policies.GetValueOrDefault("counter")?.Policy.Floor ?? 0) + 1)), default);

    private static Canary Trial(double share) => new() { Policy = TestPolicies.Full("a", 9), Share = share };

    private async Task<ISchedulerStore> ReopenAsync(int historyLimit = 100)
    {
        await CloseAsync();
        return await OpenAsync(historyLimit);
    }

    private Task<StoreState> CommitAsync(StoreChange change) => _store.UpdateAsync(_ => change, default);
}
