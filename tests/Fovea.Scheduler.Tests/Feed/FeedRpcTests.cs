using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Feed;

public sealed class FeedRpcTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync("--Feed:Heartbeat=00:00:00.050");

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Watch_NothingHeld_GetsTheWholeSnapshotFirst()
    {
        var schedule = await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = TestPolicies.Rates(32, 0.5) });
        var stored = await _scheduler.ApplyAsync(TestPolicies.BySchedule("a", schedule.Id));
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");

        var snapshot = executor.First.Snapshot;

        Assert.Equal((stored.Epoch, stored.Revision), (snapshot.Epoch, snapshot.Revision));
        Assert.Equal(["a", "default"], snapshot.Policies.Select(policy => policy.Policy.Name));
        Assert.Equal([schedule], snapshot.Schedules);
    }

    [Fact]
    public async Task Watch_NewestHeld_GetsHeartbeatsUntilSomethingChanges()
    {
        var stored = await _scheduler.ApplyAsync(TestPolicies.Full("a"));
        var subscribe = FeedClient.Subscription("e1");
        var newest = ServingState.ToSnapshot(_scheduler.State);
        (subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.HeldDigest) = (stored.Epoch, stored.Revision, SnapshotDigest.Of(newest));
        await using var executor = await FeedClient.SubscribeAsync(_scheduler, subscribe);
        executor.Held = newest;

        var first = await executor.NextAsync();
        Assert.Equal((stored.Epoch, stored.Revision, subscribe.HeldDigest), (first!.InitialDone.Epoch, first.InitialDone.Revision, first.InitialDone.Digest));
        var second = await executor.NextAsync();
        Assert.Equal((stored.Epoch, stored.Revision), (second!.Heartbeat.Epoch, second.Heartbeat.Revision));

        await _scheduler.ApplyAsync(TestPolicies.Full("a", 2));
        Assert.Equal(stored.Revision + 1, (await executor.NextUpdateAsync()).Snapshot.Revision);
    }

    [Fact]
    public async Task Watch_OtherEpochHeld_GetsTheSnapshot()
    {
        var subscribe = FeedClient.Subscription("e1");
        (subscribe.HeldEpoch, subscribe.HeldRevision) = ("00", 1);
        await using var executor = await FeedClient.SubscribeAsync(_scheduler, subscribe);

        Assert.Equal(1, (await executor.NextUpdateAsync()).Snapshot.Revision);
    }

    [Fact]
    public async Task Watch_OlderHeld_IsResumedByADelta()
    {
        await _scheduler.ApplyAsync(TestPolicies.Large("large"));
        await _scheduler.ApplyAsync(TestPolicies.Full("a"));
        var held = ServingState.ToSnapshot(_scheduler.State);
        await using (var before = await FeedClient.OpenAsync(_scheduler, "e1"))
        {
            await before.AckAsync(before.First);
        }

        await _scheduler.ApplyAsync(TestPolicies.Full("b"));
        await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a" });
        var subscribe = FeedClient.Subscription("e1");
        (subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.HeldDigest) = (held.Epoch, held.Revision, SnapshotDigest.Of(held));
        await using var executor = await FeedClient.SubscribeAsync(_scheduler, subscribe);
        executor.Held = held;
        var update = await executor.NextUpdateAsync();

        Assert.Equal((held.Revision, subscribe.HeldDigest), (update.Update.Delta.FromRevision, update.Update.Delta.FromDigest));
        Assert.Equal("b", update.Update.Delta.Changes.Policies.Single().Policy.Name);
        Assert.Equal((ResourceKind.Policy, "a"), (update.Update.Delta.Removed.Single().Kind, update.Update.Delta.Removed.Single().Name));
        Assert.Equal(["b", "default", "large"], update.Snapshot.Policies.Select(policy => policy.Policy.Name));
        Assert.Equal(SnapshotDigest.Of(ServingState.ToSnapshot(_scheduler.State)), update.Digest);
    }

    [Theory]
    [InlineData("zz", 1)]
    [InlineData("", 1_000_000)]
    public async Task Watch_NewerHeld_GetsNothingOlderAndIsShownAhead(string epoch, long revision)
    {
        var subscribe = FeedClient.Subscription("e1");
        (subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.HeldDigest) = (epoch.Length > 0 ? epoch : _scheduler.State.Epoch, revision, "d");
        await using var executor = await FeedClient.SubscribeAsync(_scheduler, subscribe);

        Assert.Equal(_scheduler.State.Revision, (await executor.NextAsync())!.InitialDone.Revision);
        Assert.NotNull((await executor.NextAsync())!.Heartbeat);
        var status = (await _scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest())).Executors.Single();
        Assert.Equal((SyncState.Ahead, subscribe.HeldEpoch, revision, true), (status.Sync, status.AppliedEpoch, status.AppliedRevision, status.Connected));
    }

    [Fact]
    public async Task Watch_SameIdAgain_TheNewerStreamWins()
    {
        await using var older = await FeedClient.OpenAsync(_scheduler, "e1");
        var other = FeedClient.Subscription("e1", address: "http://127.0.0.1:9");
        await using var newer = await FeedClient.SubscribeAsync(_scheduler, other);
        await newer.AckAsync(await newer.NextUpdateAsync());

        Assert.Equal(StatusCode.Aborted, (await older.EndAsync()).StatusCode);
        await _scheduler.ApplyAsync(TestPolicies.Full("a"));
        Assert.Equal(2, (await newer.NextUpdateAsync()).Snapshot.Revision);
        var listed = (await _scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest())).Executors.Single();
        Assert.Equal(("http://127.0.0.1:9", true), (listed.Address, listed.Connected));
    }

    [Fact]
    public async Task Watch_NoSubscribe_IsInvalid()
    {
        await using var executor = await FeedClient.SubscribeAsync(_scheduler, new Subscribe());

        var status = await executor.EndAsync();

        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        foreach (var field in new[] { "subscribe.executorId", "subscribe.model", "subscribe.address" })
        {
            Assert.Contains(field, status.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("wrong-nonce")]
    [InlineData("wrong-revision")]
    [InlineData("wrong-digest")]
    [InlineData("twice")]
    [InlineData("nack")]
    [InlineData("subscribe")]
    [InlineData("nothing")]
    public async Task Watch_AnswerThatFitsNothing_EndsTheStream(string kind)
    {
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        var ack = FeedClient.AckOf(executor.First);
        await executor.SendAsync(kind switch
        {
            "wrong-nonce" => new WatchRequest { Ack = new Ack(ack) { Nonce = "77" } },
            "wrong-revision" => new WatchRequest { Ack = new Ack(ack) { Revision = 5 } },
            "wrong-digest" => new WatchRequest { Ack = new Ack(ack) { Digest = "5" } },
            "nack" => new WatchRequest { Nack = new Nack { Nonce = "77" } },
            "subscribe" => new WatchRequest { Subscribe = FeedClient.Subscription("e1") },
            "twice" => new WatchRequest { Ack = ack },
            _ => new WatchRequest(),
        });
        if (kind == "twice")
        {
            await executor.SendAsync(new WatchRequest { Ack = ack });
        }

        Assert.Equal(StatusCode.InvalidArgument, (await executor.EndAsync()).StatusCode);
    }

    [Fact]
    public async Task Watch_ModelAnnounced_IsKnownAfterARestart()
    {
        using var folder = new TempFolder();
        await using (var scheduler = await TestScheduler.StartInAsync(folder.Path))
        {
            await scheduler.AnnounceAsync(TestModels.LlavaProfile());
        }

        await using var again = await TestScheduler.StartInAsync(folder.Path);
        var explained = await again.Plans.ExplainAsync(new ExplainRequest { Descriptor_ = PlanClient.Descriptor() });
        Assert.Equal((TestModels.Llava, "rev-1"), (explained.Plan.Model, explained.Plan.ModelRevision));
    }

    [Fact]
    public async Task Watch_SchedulerStops_AsksToMoveAndEndsWell()
    {
        await using var scheduler = await TestScheduler.StartAsync();
        await using var executor = await FeedClient.OpenAsync(scheduler, "e1");
        var stopping = scheduler.App.StopAsync();

        Assert.NotNull((await executor.NextAsync())!.InitialDone);
        Assert.Equal(1000, (await executor.NextAsync())!.Draining.RetryAfterMs);
        Assert.Equal(StatusCode.OK, (await executor.EndAsync()).StatusCode);
        await stopping.WaitAsync(Limits.Step);
    }

    [Fact]
    public async Task Watch_TooManyExecutors_AreTurnedAway()
    {
        await using var scheduler = await TestScheduler.StartAsync("--Fleet:MaxExecutors=1");
        await using var first = await FeedClient.OpenAsync(scheduler, "e1");
        await using var second = await FeedClient.SubscribeAsync(scheduler, FeedClient.Subscription("e2"));

        Assert.Equal(StatusCode.ResourceExhausted, (await second.EndAsync()).StatusCode);
    }
}
