using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Planning;

/// <summary>A scheduler that goes and comes back.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task Plan_SchedulerGone_IsTheSamePlanMadeHereAndStale()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        var before = (await executor.AnswerAsync())[0].Admitted;

        await scheduler.DisposeAsync();
        await StateAsync(executor, PlanSourceState.Stale);
        var events = await executor.AnswerAsync();

        Assert.True(events[0].Admitted.Stale);
        Assert.False(events[0].Admitted.Fallback);
        Assert.True(events[0].Admitted.StaleSeconds > 0);
        Assert.Equal(before.Plan, events[0].Admitted.Plan);
        Assert.True(events[^1].Done.Stale);
        Assert.Equal("stale", (await executor.Client.DescribeModelAsync(new DescribeModelRequest())).PlanState);
    }

    [Fact]
    public async Task Plan_SchedulerBackOnItsPort_IsFreshAgainWithoutRestart()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        await scheduler.DisposeAsync();
        await StateAsync(executor, PlanSourceState.Stale);
        Assert.True((await executor.AnswerAsync())[0].Admitted.Stale);

        var again = Decider(Snapshots.Uniform("e1", 8, 0.25));
        await using var restarted = await FakeScheduler.StartAsync(again, scheduler.Address.Port);
        await ReadyAsync(executor, again);

        var admitted = (await executor.AnswerAsync())[0].Admitted;
        Assert.Equal((false, 8L), (admitted.Stale, admitted.Plan.Provenance.Revision));
    }

    [Fact]
    public async Task Feed_Draining_IsOpenedAgain()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        script.Send(new WatchResponse { Draining = new Draining { RetryAfterMs = 1 } });

        // The feed comes back by itself and is told the same snapshot again.
        await script.NextAsync(WatchRequest.KindOneofCase.Subscribe);
        await script.NextAsync(WatchRequest.KindOneofCase.Ack);
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task Streams_Refused_AreTriedOnlySlowly(StatusCode code)
    {
        var time = new ManualTime();
        var script = new SchedulerScript { RefuseWith = code };
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, time: time);

        await StateAsync(executor, PlanSourceState.Fatal);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(96), TimeSpan.FromSeconds(144)).InTimeAsync();
    }

    [Fact]
    public async Task Streams_Unreachable_AreTriedFastFirst()
    {
        var time = new ManualTime();
        await using var executor = await TestExecutor.StartAsync(new() { ["Planning:Scheduler"] = "http://127.0.0.1:1" }, time);

        await time.WaitForTimerAsync(TimeSpan.FromSeconds(0.16), TimeSpan.FromSeconds(0.24)).InTimeAsync();
        time.Advance(TimeSpan.FromSeconds(0.24));

        await time.WaitForTimerAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2)).InTimeAsync();
    }

    [Fact]
    public async Task Streams_SnapshotTooLarge_WaitSaysWhy()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, new() { ["Planning:MaxSnapshotBytes"] = "65536" });
        await ReadyAsync(executor, script);
        using var log = new LogLines();
        executor.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        script.Send(new WatchResponse { Update = new SnapshotUpdate { Nonce = new string('n', 65536) } });

        Assert.Contains("MaxReceiveMessageSize", await log.NextAsync("NoScheduler"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SavedSnapshotAndNoScheduler_ServesItStale()
    {
        var folder = Directory.CreateTempSubdirectory("fovea-state-").FullName;
        try
        {
            var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
            string digest;
            await using (var scheduler = await FakeScheduler.StartAsync(script))
            {
                await using var before = await StartAsync(scheduler, new() { ["Planning:StateDirectory"] = folder });
                await ReadyAsync(before, script);
                digest = (await before.AnswerAsync())[0].Admitted.Plan.Digest;
            }

            await using var executor = await TestExecutor.StartAsync(
                new() { ["Planning:StateDirectory"] = folder, ["Planning:Scheduler"] = "http://127.0.0.1:1" });
            var admitted = (await executor.AnswerAsync())[0].Admitted;

            Assert.Equal((true, false, 7L, digest), (admitted.Stale, admitted.Fallback, admitted.Plan.Provenance.Revision, admitted.Plan.Digest));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
