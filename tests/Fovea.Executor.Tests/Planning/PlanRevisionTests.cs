using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Planning;

/// <summary>By which revision a request is served when scheduler and executor stand at different ones.</summary>
public sealed class PlanRevisionTests
{
    [Fact]
    public async Task Plan_OfAnOlderRevision_IsMadeHereFromTheNewerOne()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        script.OnDescriptor = Decider(Snapshots.Uniform("e1", 6, 0.25)).OnDescriptor;
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        var admitted = (await executor.AnswerAsync(Requests.Ask(request => request.RefuseStale = true)))[0].Admitted;

        Assert.Equal(("e1", 7L, false), (admitted.Plan.Provenance.Epoch, admitted.Plan.Provenance.Revision, admitted.Stale));
    }

    [Fact]
    public async Task Plan_OfAnEarlierEpoch_IsMadeHereFromTheLaterOne()
    {
        var script = Decider(Snapshots.Uniform("e2", 1, 0.5));
        script.OnDescriptor = Decider(Snapshots.Uniform("e1", 99, 0.25)).OnDescriptor;
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        Assert.Equal("e2", (await executor.AnswerAsync())[0].Admitted.Plan.Provenance.Epoch);
    }

    [Fact]
    public async Task Plan_OfTheRevisionAskedFor_ServesAlthoughANewerOneCameMeanwhile()
    {
        var (first, second) = (Snapshots.Uniform("e1", 7, 0.5), Snapshots.Uniform("e1", 8, 0.25));
        var script = Decider(first);
        var decide = script.OnDescriptor;
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        var (asked, applied) = (new TaskCompletionSource(), new TaskCompletionSource());
        script.OnDescriptor = descriptor =>
        {
            asked.TrySetResult();
            applied.Task.InTimeAsync().GetAwaiter().GetResult();
            return decide(descriptor);
        };

        var answering = executor.AnswerAsync(Requests.Ask(request => request.RefuseStale = true));
        await asked.Task.InTimeAsync();
        script.Push(second);
        await script.NextAsync(WatchRequest.KindOneofCase.Ack);
        applied.SetResult();

        var admitted = (await answering)[0].Admitted;
        Assert.Equal((7L, false), (admitted.Plan.Provenance.Revision, admitted.Stale));
    }

    [Fact]
    public async Task Plan_OfANewerRevision_WaitsForTheFeed()
    {
        var (first, second) = (Snapshots.Uniform("e1", 7, 0.5), Snapshots.Uniform("e1", 8, 0.25));
        var script = Decider(first);
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        var asked = new TaskCompletionSource();
        script.OnDescriptor = descriptor =>
        {
            asked.TrySetResult();
            return Decider(second).OnDescriptor(descriptor);
        };

        var answering = executor.AnswerAsync();
        await asked.Task.InTimeAsync();
        script.Push(second);

        var admitted = (await answering)[0].Admitted;
        Assert.Equal((8L, false), (admitted.Plan.Provenance.Revision, admitted.Stale));
    }

    [Fact]
    public async Task Plan_OfARevisionThatTheFeedDoesNotBring_IsMadeHereAndStale()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        script.OnDescriptor = Decider(Snapshots.Uniform("e1", 8, 0.25)).OnDescriptor;
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, new() { ["Planning:PlanTimeout"] = "00:00:00.050" });
        await ReadyAsync(executor, script);

        var admitted = (await executor.AnswerAsync())[0].Admitted;

        Assert.Equal((7L, true), (admitted.Plan.Provenance.Revision, admitted.Stale));
    }

    [Fact]
    public async Task Plan_RefusedByAnOlderRevision_IsMadeHereFromTheNewerOne()
    {
        var held = Snapshots.Uniform("e1", 7, 0.5);
        var added = held.Policies[0].Clone();
        added.Policy.Name = "added";
        held.Policies.Add(added);
        var script = Decider(held);
        script.OnDescriptor = Decider(Snapshots.Uniform("e1", 6, 0.5)).OnDescriptor;
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);

        var admitted = (await executor.AnswerAsync(Requests.Ask(request => request.Plan = new PlanOverride { Policy = "added" })))[0].Admitted;

        Assert.Equal(("added", 7L), (admitted.Plan.Provenance.Policy, admitted.Plan.Provenance.Revision));
    }
}
