using Fovea.Contracts.V1;
using Fovea.Scheduler.Policies;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Policies;

public sealed class PolicyWatchTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task WatchPolicies_Opened_SendsThePoliciesAsTheyAreAndThenEachChange()
    {
        var stored = await _scheduler.ApplyAsync(TestPolicies.Full("a", 2));
        using var watch = PolicyEvents.Open(_scheduler);

        var (first, second, done) = (await watch.NextAsync(), await watch.NextAsync(), await watch.NextAsync());
        await _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a", 3), Reason = "more" });
        await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a" });
        var (applied, deleted) = (await watch.NextAsync(), await watch.NextAsync());

        Assert.Equal((stored, 0L), (first.Change.Policy, first.Revision));
        Assert.Equal("default", second.Change.Name);
        Assert.Equal((true, 2L, _scheduler.State.Epoch), (done.InitialDone, done.Revision, done.Epoch));
        Assert.Equal((3L, 3, PolicyAction.Applied, "more"), (applied.Revision, applied.Change.Policy.Policy.Floor, applied.Change.Action, applied.Change.Reason));
        Assert.Equal((4L, "a", PolicyAction.Deleted, default(StoredPolicy)), (deleted.Revision, deleted.Change.Name, deleted.Change.Action, deleted.Change.Policy));
    }

    [Fact]
    public async Task WatchPolicies_OfOneName_LeavesOthersOut()
    {
        using var watch = PolicyEvents.Open(_scheduler, "a");

        Assert.True((await watch.NextAsync()).InitialDone);
        await _scheduler.ApplyAsync(TestPolicies.Full("b"));
        await _scheduler.ApplyAsync(TestPolicies.Full("a"));

        Assert.Equal((3L, "a"), ((await watch.NextAsync()) is var next ? (next.Revision, next.Change.Name) : default));
    }

    [Fact]
    public async Task WatchPolicies_ManyWritersAndWatchers_NothingIsMissedDoubledOrOutOfOrder()
    {
        const int Writers = 6;
        const int Changes = 40;
        const long Last = 1 + (Writers * Changes);
        var watchers = Enumerable.Range(0, 5).Select(async _ =>
        {
            using var watch = PolicyEvents.Open(_scheduler);
            var start = (await watch.PassInitialAsync()).Revision;
            return (Start: start, Events: start == Last ? [] : await watch.UntilAsync(Last));
        }).ToList();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var change = 1; change <= Changes; change++)
            {
                await _scheduler.ApplyAsync(TestPolicies.Full($"p{writer}", change));
            }
        }));

        foreach (var (start, events) in await Task.WhenAll(watchers))
        {
            Assert.Equal(Revisions(start, Last), events.Select(next => next.Revision));
            Assert.All(events, next => Assert.Equal(next.Revision, next.Change.Policy.Revision));
        }
    }

    [Fact]
    public async Task WatchPolicies_WatcherThatComesAndGoes_MissesNothing()
    {
        const long Last = 81;
        var writer = Task.Run(async () =>
        {
            for (var floor = 2; floor <= Last; floor++)
            {
                await _scheduler.ApplyAsync(TestPolicies.Full("a", floor));
            }
        });
        var seen = new List<long>();
        long after;
        using (var watch = PolicyEvents.Open(_scheduler))
        {
            after = (await watch.PassInitialAsync()).Revision;
        }

        var start = after;
        while (after < Last)
        {
            using var watch = PolicyEvents.Open(_scheduler, string.Empty, _scheduler.State.Epoch, after);
            for (var count = 0; count < 7 && after < Last; count++)
            {
                after = (await watch.NextAsync()).Revision;
                seen.Add(after);
            }
        }

        await writer;
        Assert.Equal(Revisions(start, Last), seen);
    }

    [Fact]
    public async Task WatchPolicies_AfterARevision_SendsNoInitialState()
    {
        await _scheduler.ApplyAsync(TestPolicies.Full("a", 2));
        await _scheduler.ApplyAsync(TestPolicies.Full("b", 3));
        using var watch = PolicyEvents.Open(_scheduler, string.Empty, _scheduler.State.Epoch, 2);

        var next = await watch.NextAsync();

        Assert.Equal((3L, "b"), (next.Revision, next.Change.Name));
    }

    [Fact]
    public async Task WatchPolicies_RevisionThatHistoryNoLongerReaches_IsOutOfRangeAndSaysRelist()
    {
        await using var scheduler = await TestScheduler.StartAsync("--Store:HistoryLimit=2");
        for (var floor = 2; floor <= 6; floor++)
        {
            await scheduler.ApplyAsync(TestPolicies.Full("a", floor));
        }

        using var watch = PolicyEvents.Open(scheduler, string.Empty, scheduler.State.Epoch, 2);
        using var kept = PolicyEvents.Open(scheduler, string.Empty, scheduler.State.Epoch, 4);

        var exception = await watch.RefusalAsync();
        Assert.Equal((StatusCode.OutOfRange, "true"), (exception.StatusCode, exception.Trailers.GetValue(PolicyErrors.RelistKey)));
        Assert.Equal(5, (await kept.NextAsync()).Revision);
    }

    [Fact]
    public async Task WatchPolicies_OfAnotherEpoch_IsOutOfRange()
    {
        using var watch = PolicyEvents.Open(_scheduler, string.Empty, "before", 1);

        Assert.Equal(StatusCode.OutOfRange, (await watch.RefusalAsync()).StatusCode);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("e", -1)]
    public async Task WatchPolicies_NoRevisionToGoOnAfter_IsInvalid(string epoch, long after)
    {
        using var watch = PolicyEvents.Open(_scheduler, string.Empty, epoch, after);

        Assert.Equal(StatusCode.InvalidArgument, (await watch.RefusalAsync()).StatusCode);
    }

    [Fact]
    public async Task WatchPolicies_SchedulerStops_EndsAsUnavailable()
    {
        await using var scheduler = await TestScheduler.StartAsync();
        using var watch = PolicyEvents.Open(scheduler);
        await watch.PassInitialAsync();

        var stop = scheduler.App.StopAsync();

        Assert.Equal(StatusCode.Unavailable, (await watch.RefusalAsync()).StatusCode);
        await stop;
    }

    private static IEnumerable<long> Revisions(long after, long last)
    {
        for (var revision = after + 1; revision <= last; revision++)
        {
            yield return revision;
        }
    }
}
