using Fovea.Contracts.V1;
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
        (subscribe.HeldEpoch, subscribe.HeldRevision) = (stored.Epoch, stored.Revision);
        await using var executor = await FeedClient.SubscribeAsync(_scheduler, subscribe);

        var first = await executor.NextAsync();
        Assert.Equal((stored.Epoch, stored.Revision), (first!.Heartbeat.Epoch, first.Heartbeat.Revision));

        await _scheduler.ApplyAsync(TestPolicies.Full("a", 2));
        Assert.Equal(stored.Revision + 1, (await executor.NextUpdateAsync()).Snapshot.Revision);
    }

    [Fact]
    public async Task Watch_OtherEpochHeld_GetsTheSnapshot()
    {
        var subscribe = FeedClient.Subscription("e1");
        (subscribe.HeldEpoch, subscribe.HeldRevision) = ("another", 1);
        await using var executor = await FeedClient.SubscribeAsync(_scheduler, subscribe);

        Assert.Equal(1, (await executor.NextUpdateAsync()).Snapshot.Revision);
    }

    [Fact]
    public async Task Watch_SameIdAgain_TheNewerStreamWins()
    {
        await using var older = await FeedClient.OpenAsync(_scheduler, "e1");
        var other = FeedClient.Subscription("e1", address: "http://127.0.0.1:9");
        await using var newer = await FeedClient.SubscribeAsync(_scheduler, other);
        await newer.NextUpdateAsync();

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
    [InlineData("twice")]
    [InlineData("nack")]
    [InlineData("subscribe")]
    [InlineData("nothing")]
    public async Task Watch_AnswerThatFitsNothing_EndsTheStream(string kind)
    {
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        var ack = new Ack { Nonce = executor.First.Nonce, Epoch = executor.First.Snapshot.Epoch, Revision = 1 };
        await executor.SendAsync(kind switch
        {
            "wrong-nonce" => new WatchRequest { Ack = new Ack(ack) { Nonce = "77" } },
            "wrong-revision" => new WatchRequest { Ack = new Ack(ack) { Revision = 5 } },
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
