using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Plans;

public sealed class StreamPlansTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task StreamPlans_FreshScheduler_KeepsEverythingAndSaysWhy()
    {
        using var client = await PlanClient.OpenAsync(_scheduler);

        var plan = (await client.AskAsync(PlanClient.Descriptor())).Plan;

        Assert.Equal(Enumerable.Repeat(576, TestModels.LlavaLayers), plan.Counts);
        Assert.Equal(("r1", TestModels.Llava, "rev-1", 576), (plan.RequestId, plan.Model, plan.ModelRevision, plan.VisionTokens));
        Assert.Equal(("default", "*", 1L, "full"), (plan.Provenance.Policy, plan.Provenance.Rule, plan.Provenance.Revision, plan.Provenance.Spec));
        Assert.True(PlanMapping.ToDomain(plan).IsValid);
    }

    [Fact]
    public async Task StreamPlans_PolicyApplied_NextDescriptorIsServedByIt()
    {
        using var client = await PlanClient.OpenAsync(_scheduler);
        await client.AskAsync(PlanClient.Descriptor());

        var stored = await _scheduler.ApplyAsync(TestPolicies.BySpec("default", "fastv:K=2,R=0.5"));
        var plan = (await client.AskAsync(PlanClient.Descriptor("r2"))).Plan;

        Assert.Equal(stored.Revision, plan.Provenance.Revision);
        Assert.Equal(Enumerable.Range(0, 32).Select(layer => layer < 2 ? 576 : 288), plan.Counts);
    }

    [Fact]
    public async Task StreamPlans_SnapshotThatTheExecutorHoldsIsNamed_IsServedByExactlyThat()
    {
        await _scheduler.ApplyAsync(TestPolicies.BySpec("default", "fastv:K=2,R=0.5"));
        await using var feed = await FeedClient.OpenAsync(_scheduler, "e1");
        var held = SnapshotId.Of(feed.First.Snapshot);
        using var client = await PlanClient.OpenAsync(_scheduler);

        await _scheduler.ApplyAsync(TestPolicies.BySpec("default", "fastv:K=2,R=0.25"));
        var plan = (await client.AskAsync(PlanClient.Descriptor(applied: held))).Plan;

        Assert.Equal((held.Epoch, held.Revision), (plan.Provenance.Epoch, plan.Provenance.Revision));
        Assert.Equal("fastv:K=2,R=0.5", plan.Provenance.Spec);
    }

    [Fact]
    public async Task StreamPlans_RefusedByTheSnapshotThatTheExecutorHolds_NamesIt()
    {
        await using var feed = await FeedClient.OpenAsync(_scheduler, "e1");
        var held = SnapshotId.Of(feed.First.Snapshot);
        using var client = await PlanClient.OpenAsync(_scheduler);
        await _scheduler.ApplyAsync(TestPolicies.BySpec("added", "fastv:K=2,R=0.25"));
        var descriptor = PlanClient.Descriptor(applied: held);
        descriptor.Override = new PlanOverride { Policy = "added" };

        var error = (await client.AskAsync(descriptor)).Error;

        Assert.Equal((held.Epoch, held.Revision), (error.Epoch, error.Revision));
    }

    [Theory]
    [InlineData("another epoch", 1, "")]
    [InlineData(null, 1, "another content")]
    [InlineData(null, 1000, "")]
    public async Task StreamPlans_UnknownSnapshotIsNamed_IsServedByTheNewest(string? epoch, long revision, string digest)
    {
        var stored = await _scheduler.ApplyAsync(TestPolicies.BySpec("default", "fastv:K=2,R=0.5"));
        using var client = await PlanClient.OpenAsync(_scheduler);
        var newest = (await client.AskAsync(PlanClient.Descriptor())).Plan.Provenance;

        var plan = (await client.AskAsync(PlanClient.Descriptor("r2", applied: new SnapshotId(epoch ?? newest.Epoch, revision, digest)))).Plan;

        Assert.Equal(stored.Revision, plan.Provenance.Revision);
    }

    [Fact]
    public async Task StreamPlans_ManyDescriptorsInFlight_EachIsAnsweredOnce()
    {
        const int Requests = 3000;
        await _scheduler.ApplyAsync(TestPolicies.ByBudget("default", new Budget { MeanKeep = 0.4 }));
        using var client = await PlanClient.OpenAsync(_scheduler);
        var sending = Task.Run(async () =>
        {
            for (var request = 0; request < Requests; request++)
            {
                await client.SendAsync(PlanClient.Descriptor($"r{request}", 64 + (request % 700)));
            }

            await client.CompleteAsync();
        });

        var answers = new Dictionary<string, KeepPlan>();
        while (await client.NextAsync() is { } response)
        {
            answers.Add(response.Plan.RequestId, response.Plan);
        }

        await sending;
        Assert.Equal(Requests, answers.Count);
        Assert.All(answers, answer => Assert.Equal(64 + (int.Parse(answer.Key[1..], System.Globalization.CultureInfo.InvariantCulture) % 700), answer.Value.VisionTokens));
    }

    [Fact]
    public async Task StreamPlans_NoHello_IsInvalid()
    {
        using var client = PlanClient.Connect(_scheduler);
        await client.SendAsync(PlanClient.Descriptor());

        var status = await client.EndAsync();

        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Contains("hello", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamPlans_EndedBeforeHello_IsInvalid()
    {
        using var client = PlanClient.Connect(_scheduler);
        await client.CompleteAsync();

        Assert.Equal(StatusCode.InvalidArgument, (await client.EndAsync()).StatusCode);
    }

    [Fact]
    public async Task StreamPlans_SecondHello_EndsTheStreamAfterWhatWasAsked()
    {
        using var client = await PlanClient.OpenAsync(_scheduler);
        await client.SendAsync(PlanClient.Descriptor());
        await client.SendAsync(new PlanStreamRequest { Hello = new PlanHello() });

        Assert.NotNull((await client.NextAsync())!.Plan);
        Assert.Equal(StatusCode.InvalidArgument, (await client.EndAsync()).StatusCode);
    }

    [Fact]
    public async Task StreamPlans_BadHello_NamesEveryFault()
    {
        var model = TestModels.LlavaProfile(string.Empty);
        model.Language.Layers = 0;
        using var client = await PlanClient.OpenAsync(_scheduler, model, "no good");

        var status = await client.EndAsync();

        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        foreach (var field in new[] { "hello.executorId", "hello.model.revision", "hello.model.language.layers" })
        {
            Assert.Contains(field, status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StreamPlans_StoredSchedules_ServeByIdInBothForms()
    {
        using var client = await PlanClient.OpenAsync(_scheduler);
        foreach (var schedule in new[] { TestPolicies.Rates(32, 0.5), new Schedule { Spec = "uniform:r=0.5,first=3" } })
        {
            var stored = await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = schedule });
            await _scheduler.ApplyAsync(TestPolicies.BySchedule("default", stored.Id));

            var byRule = (await client.AskAsync(PlanClient.Descriptor())).Plan;
            var overridden = PlanClient.Descriptor();
            overridden.Override = new PlanOverride { ScheduleId = stored.Id };
            var byOverride = (await client.AskAsync(overridden)).Plan;

            Assert.Equal(Enumerable.Range(0, 32).Select(layer => layer < 3 ? 576 : 288), byRule.Counts);
            Assert.Equal(stored.Id, byRule.Provenance.ScheduleId);
            Assert.Equal("default", byRule.Provenance.Policy);
            Assert.Equal(byRule.Digest, byOverride.Digest);
            Assert.Equal((stored.Id, string.Empty), (byOverride.Provenance.ScheduleId, byOverride.Provenance.Policy));
            Assert.True(PlanMapping.ToDomain(byRule).IsValid);
        }
    }

    [Fact]
    public async Task StreamPlans_ScorerAndPositionsAsked_AreInThePlan()
    {
        using var client = await PlanClient.OpenAsync(_scheduler);
        var descriptor = PlanClient.Descriptor();
        descriptor.Override = new PlanOverride { Scorer = Scorer.Last, Positions = PositionMode.Renumber };

        var plan = (await client.AskAsync(descriptor)).Plan;

        Assert.Equal((Scorer.Last, PositionMode.Renumber), (plan.Scorer, plan.Positions));
        Assert.True(PlanMapping.ToDomain(plan).IsValid);
    }
}
