using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Executor.Tests.Planning;

/// <summary>The executor against a scheduler that comes, goes, lies and falls silent.</summary>
public sealed class SchedulerStreamsTests
{
    [Fact]
    public async Task Plan_SchedulerAnswers_IsItsPlanAndFresh()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        var events = await executor.AnswerAsync();

        var admitted = events[0].Admitted;
        Assert.Equal((false, false, 0.0), (admitted.Stale, admitted.Fallback, admitted.StaleSeconds));
        Assert.Equal(("e1", 7L, "default", "*"), (admitted.Plan.Provenance.Epoch, admitted.Plan.Provenance.Revision, admitted.Plan.Provenance.Policy, admitted.Plan.Provenance.Rule));
        var done = events[^1].Done;
        Assert.Equal((admitted.Plan.Digest, "e1", 7L, false), (done.PlanDigest, done.Epoch, done.Revision, done.Stale));
        Assert.Equal(admitted.Plan.Counts, done.AppliedCounts);
    }

    [Fact]
    public async Task Plan_Descriptor_TellsTheRequestAndNoContent()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        using var call = executor.Client.Generate(
            Requests.Ask(request => request.RequestClass = "near"), new Metadata { { "fovea-tenant", "acme" } }, DateTime.UtcNow.AddSeconds(50));
        await call.ReadAsync();

        var hello = (await script.PlanRequests.Reader.ReadAsync()).Hello;
        var descriptor = (await script.PlanRequests.Reader.ReadAsync()).Descriptor_;

        Assert.Equal(("executor-1", "demo", "revision-1"), (hello.ExecutorId, hello.Model.Name, hello.Model.Revision));
        Assert.Equal(("r1", "demo", "revision-1", "near", "acme"), (descriptor.RequestId, descriptor.Model, descriptor.ModelRevision, descriptor.RequestClass, descriptor.Tenant));
        Assert.Equal((256, 18), (Assert.Single(descriptor.ImageTokens), descriptor.TextTokens));
        Assert.InRange(descriptor.DeadlineMs, 1, 50_000);
    }

    [Fact]
    public async Task Plan_TwoRequestsOfOneId_EachGetsItsOwn()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        var both = await Task.WhenAll(
            executor.AnswerAsync(Requests.Ask(request => request.Plan = new PlanOverride { Full = true })),
            executor.AnswerAsync(Requests.Ask(request => request.Plan = new PlanOverride { Spec = "vtw:K=6" })));

        Assert.All(both, events => Assert.Equal("r1", events[0].Admitted.Plan.RequestId));
        Assert.Equal(256, both[0][0].Admitted.Plan.Counts[11]);
        Assert.NotEqual(256, both[1][0].Admitted.Plan.Counts[11]);
    }

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
    public async Task Plan_SchedulerSilent_IsMadeHereAfterTheTimeout()
    {
        var script = new SchedulerScript { Snapshot = Snapshots.Uniform("e1", 7, 0.5) };
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, new() { ["Planning:PlanTimeout"] = "00:00:00.050" });
        await script.NextAsync(WatchRequest.KindOneofCase.Ack);

        var admitted = (await executor.AnswerAsync())[0].Admitted;

        Assert.True(admitted.Stale);
        Assert.Equal(7, admitted.Plan.Provenance.Revision);
    }

    [Fact]
    public async Task Plan_SchedulerGoneAndStaleRefused_IsUnavailable()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Planning:Scheduler"] = "http://127.0.0.1:1" });

        var error = await executor.RefusedAsync(Requests.Ask(request => request.RefuseStale = true));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task Plan_NoSnapshotEver_KeepsEverythingAndSaysSo()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Planning:Scheduler"] = "http://127.0.0.1:1" });

        var admitted = (await executor.AnswerAsync())[0].Admitted;

        Assert.Equal((true, true), (admitted.Stale, admitted.Fallback));
        Assert.All(admitted.Plan.Counts, count => Assert.Equal(256, count));
    }

    [Fact]
    public async Task Plan_RefusedByTheScheduler_IsTheRequestsStatus()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        var error = await executor.RefusedAsync(Requests.Ask(request => request.Plan = new PlanOverride { Policy = "missing" }));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Contains("missing", error.Status.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(RpcFaults.Read(error));
    }

    [Fact]
    public async Task Plan_RefusedHere_IsTheSameStatus()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        var request = Requests.Ask(request => request.Plan = new PlanOverride { Policy = "missing" });
        var there = await executor.RefusedAsync(request);

        await scheduler.DisposeAsync();
        await StateAsync(executor, PlanSourceState.Stale);
        var here = await executor.RefusedAsync(request);

        Assert.Equal(there.Status, here.Status);
    }

    [Theory]
    [InlineData("layers", "it has 11 layers, the model has 12")]
    [InlineData("revision", "it is for revision 'revision-2' of the model")]
    [InlineData("vision", "it is for 255 vision tokens, the prompt has 256")]
    [InlineData("digest", "is not the digest of the plan")]
    public async Task Plan_DoesNotFit_IsFailedPreconditionAndNeverApplied(string what, string message)
    {
        var snapshot = Snapshots.Uniform("e1", 7, 0.5);
        var script = Decider(snapshot);
        var decide = script.OnDescriptor;
        script.OnDescriptor = descriptor => Spoil(decide(descriptor)!, what);
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        var error = await executor.RefusedAsync(Requests.Ask());

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains(message, error.Status.Detail, StringComparison.Ordinal);
        Assert.False(executor.Engine.Jobs.Reader.TryRead(out _));
    }

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
    public async Task Draining_Announced_PlansAreMadeHereUntilTheNextStream()
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

    /// <summary>A scheduler that decides by a snapshot as the real one does.</summary>
    private static SchedulerScript Decider(Snapshot snapshot)
    {
        var planning = SnapshotMapping.ToDomain(snapshot).Require();
        var decider = new PlanDecider();
        return new SchedulerScript
        {
            Snapshot = snapshot,
            OnDescriptor = descriptor =>
            {
                var resolution = decider.Decide(planning, new EngineDouble().Profile, descriptor);
                return resolution.IsValid
                    ? new PlanStreamResponse { Plan = PlanMapping.ToProto(descriptor.RequestId, resolution) }
                    : new PlanStreamResponse { Error = RpcFaults.ToPlanError(descriptor.RequestId, resolution.Faults) };
            },
        };
    }

    private static PlanStreamResponse Spoil(PlanStreamResponse response, string what)
    {
        var plan = response.Plan;
        switch (what)
        {
            case "layers":
                plan.Counts.RemoveAt(11);
                break;
            case "revision":
                plan.ModelRevision = "revision-2";
                break;
            case "vision":
                plan.VisionTokens = 255;
                var counts = plan.Counts.Select(count => Math.Min(count, 255)).ToList();
                plan.Counts.Clear();
                plan.Counts.Add(counts);
                break;
            default:
                plan.Digest = new string('0', 64);
                return response;
        }

        // A wrong plan with a right digest: only its fit can betray it.
        plan.Digest = string.Empty;
        plan.Digest = PlanMapping.ToDomain(plan).Faults.Select(fault => fault.Message).First(text => text.Contains("which is", StringComparison.Ordinal))[^64..];
        return response;
    }

    private static Task<TestExecutor> StartAsync(FakeScheduler scheduler, Dictionary<string, string?>? settings = null, TimeProvider? time = null) =>
        TestExecutor.StartAsync(
            new(settings ?? [])
            {
                ["Planning:Scheduler"] = scheduler.Address.ToString(),
                ["Planning:PlanTimeout"] = settings?.GetValueOrDefault("Planning:PlanTimeout") ?? "00:00:20",
            },
            time);

    /// <summary>Waits until both streams are up.</summary>
    private static async Task ReadyAsync(TestExecutor executor, SchedulerScript script)
    {
        await script.NextAsync(WatchRequest.KindOneofCase.Ack);
        await StateAsync(executor, PlanSourceState.Ready);
        while (!script.Calls.Reader.TryRead(out var call) || !call.EndsWith("StreamPlans", StringComparison.Ordinal))
        {
            await script.Calls.Reader.WaitToReadAsync().AsTask().InTimeAsync();
        }
    }

    private static Task StateAsync(TestExecutor executor, PlanSourceState state)
    {
        var link = executor.Services.GetRequiredService<SchedulerLink>();
        return Bounded.UntilAsync(() => link.State == state);
    }
}
