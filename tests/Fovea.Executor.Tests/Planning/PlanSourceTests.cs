using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Planning;

/// <summary>Where a request's plan comes from, and what becomes of one that does not fit.</summary>
public sealed class PlanSourceTests
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
        Assert.Equal(
            SnapshotId.Of(script.Snapshot!), new SnapshotId(descriptor.AppliedEpoch, descriptor.AppliedRevision, descriptor.AppliedDigest));
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
    public async Task Plan_LaterThanTheTimeoutButBeforeTheImages_IsTheSchedulers()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        var decide = script.OnDescriptor;
        await using var scheduler = await FakeScheduler.StartAsync(script);
        var time = new ManualTime();
        await using var executor = await StartAsync(scheduler, new() { ["Planning:PlanTimeout"] = "00:00:00.050" }, time);
        await ReadyAsync(executor, script);
        var late = new TaskCompletionSource();
        script.OnDescriptor = descriptor =>
        {
            late.Task.InTimeAsync().GetAwaiter().GetResult();
            return decide(descriptor);
        };
        var encoded = new TaskCompletionSource();
        executor.Engine.BeforeEncoded = encoded.Task.WaitAsync;
        using var call = executor.Client.Generate(Requests.Ask());
        await time.WaitForTimerAsync(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)).InTimeAsync();

        time.Advance(TimeSpan.FromMilliseconds(60));
        late.SetResult();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
        encoded.SetResult();

        Assert.False(call.ResponseStream.Current.Admitted.Stale);
        await call.ReadAsync();
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
}
