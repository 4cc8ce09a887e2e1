using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Planning;

/// <summary>What the executor makes of the snapshots that it is sent.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Feed_NewSnapshot_ServesTheNextRequestButNotTheRunningOne()
    {
        var first = Snapshots.Uniform("e1", 7, 0.5);
        var script = Decider(first);
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        var go = new TaskCompletionSource();
        executor.Engine.Script = async (job, events, ends) =>
        {
            await go.Task.WaitAsync(ends);
            events.TryWrite(EngineDouble.Prefill(job));
            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Eos));
        };
        using var running = executor.Client.Generate(Requests.Ask());
        await running.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        var second = Snapshots.Uniform("e1", 8, 0.25);
        script.OnDescriptor = Decider(second).OnDescriptor;
        script.Push(second);
        Assert.Equal(8, (await script.NextAsync(WatchRequest.KindOneofCase.Ack)).Ack.Revision);
        go.SetResult();

        var old = (await running.ReadAsync())[^1].Done;
        var next = (await executor.AnswerAsync())[^1].Done;
        Assert.Equal((7L, 8L), (old.Revision, next.Revision));
        Assert.NotEqual(old.PlanDigest, next.PlanDigest);
    }

    [Fact]
    public async Task Feed_FaultySnapshot_IsNackedWithEveryFaultAndTheOldOneStays()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        script.Push(Snapshots.Of("e1", 8, new ClassRule { RequestClass = "a", Spec = "x" }, new ClassRule { RequestClass = "b", Spec = "y" }));
        var nack = (await script.NextAsync(WatchRequest.KindOneofCase.Nack)).Nack;

        Assert.Equal(2, nack.Faults.Count);
        Assert.Equal("n2", nack.Nonce);
        Assert.Equal(7, executor.Snapshots.Current!.Revision);
    }

    [Fact]
    public async Task Feed_OlderSnapshot_IsNacked()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        script.Push(Snapshots.Uniform("e1", 6, 0.1));

        Assert.Contains("older", (await script.NextAsync(WatchRequest.KindOneofCase.Nack)).Nack.Message, StringComparison.Ordinal);
        Assert.Equal(7, executor.Snapshots.Current!.Revision);
    }

    [Fact]
    public async Task Feed_Reconnected_TellsWhatItHolds()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        var subscribe = (await script.NextAsync(WatchRequest.KindOneofCase.Subscribe)).Subscribe;
        Assert.Equal((string.Empty, 0L, "executor-1", "demo"), (subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.ExecutorId, subscribe.Model.Name));
        Assert.StartsWith("http://127.0.0.1:", subscribe.Address, StringComparison.Ordinal);
        await script.NextAsync(WatchRequest.KindOneofCase.Ack);
        await scheduler.DisposeAsync();

        var again = new SchedulerScript();
        await using var restarted = await FakeScheduler.StartAsync(again, scheduler.Address.Port);
        subscribe = (await again.NextAsync(WatchRequest.KindOneofCase.Subscribe)).Subscribe;

        Assert.Equal(("e1", 7L), (subscribe.HeldEpoch, subscribe.HeldRevision));
        again.Send(new WatchResponse { Heartbeat = new Heartbeat { Epoch = "e1", Revision = 7 } });
        await StateAsync(executor, PlanSourceState.Ready);
    }

    [Fact]
    public async Task Feed_Silent_IsTakenForDeadAndOpenedAgain()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, new() { ["Planning:FeedSilence"] = "00:00:01" });

        await script.NextAsync(WatchRequest.KindOneofCase.Subscribe);
        await script.NextAsync(WatchRequest.KindOneofCase.Ack); // on a busy machine the first silence can end before the snapshot is applied
        var second = await script.NextAsync(WatchRequest.KindOneofCase.Subscribe);

        Assert.Equal(7, second.Subscribe.HeldRevision);
    }

    [Fact]
    public async Task Feed_Load_IsReported()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, new() { ["Planning:LoadInterval"] = "00:00:00.100" });
        await ReadyAsync(executor, script);
        await executor.AnswerAsync();

        LoadReport report;
        do
        {
            report = (await script.NextAsync(WatchRequest.KindOneofCase.Load)).Load;
        }
        while (report.RequestsTotal == 0);

        Assert.Equal((1L, 0, 0), (report.RequestsTotal, report.Waiting, report.Running));
    }

    [Fact]
    public async Task Feed_Delta_IsAppliedAndAckedWithTheDigestThatResults()
    {
        var (first, second) = (Snapshots.Uniform("e1", 7, 0.5), Snapshots.Uniform("e1", 8, 0.25));
        var script = Decider(first);
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        var delta = Snapshots.Delta(first, second);

        script.Send(new WatchResponse { Update = delta });
        var ack = (await script.NextAsync(WatchRequest.KindOneofCase.Ack)).Ack;

        Assert.Equal(("e1", 8L, delta.Digest), (ack.Epoch, ack.Revision, ack.Digest));
        Assert.Equal(second, executor.Snapshots.Applied!.Message);
    }

    [Fact]
    public async Task Feed_BookmarkOfWhatNeverCame_AsksForTheWhole()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        script.Send(new WatchResponse { Heartbeat = new Heartbeat { Epoch = "e1", Revision = 8, Digest = "x" } });
        var relist = (await script.NextAsync(WatchRequest.KindOneofCase.Relist)).Relist;

        Assert.Equal(("e1", 7L, executor.Snapshots.Held.Digest), (relist.HeldEpoch, relist.HeldRevision, relist.HeldDigest));
    }

    [Fact]
    public async Task Feed_SchedulerBehind_KeepsTheNewerSnapshotAndStaysConnected()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, new() { ["Planning:LoadInterval"] = "00:00:00.100" });
        await ReadyAsync(executor, script);

        script.Send(new WatchResponse { Heartbeat = new Heartbeat { Epoch = "e1", Revision = 6, Digest = "x" } });
        await StateAsync(executor, PlanSourceState.Stale);
        await script.NextAsync(WatchRequest.KindOneofCase.Load);

        Assert.Equal(7, executor.Snapshots.Held.Revision);
        Assert.False(script.WatchRequests.Reader.TryPeek(out var request) && request.Subscribe is not null);
    }

    [Fact]
    public async Task Feed_WholeThatDidNotFit_IsAskedForAgainWithTheNextHeartbeat()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        var spoilt = Snapshots.Whole(Snapshots.Uniform("e1", 8, 0.25));
        spoilt.Snapshot.Policies.Clear();

        script.Send(new WatchResponse { Update = spoilt });
        Assert.True((await script.NextAsync(WatchRequest.KindOneofCase.Nack)).Nack.Relist);
        script.Send(new WatchResponse { Heartbeat = new Heartbeat { Epoch = "e1", Revision = 8, Digest = spoilt.Digest } });

        Assert.Equal(7, (await script.NextAsync(WatchRequest.KindOneofCase.Relist)).Relist.HeldRevision);
    }
}
