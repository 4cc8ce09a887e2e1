using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Policies;

public sealed class LosslessRuleTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync()
    {
        _scheduler = await TestScheduler.StartAsync();
        await _scheduler.AnnounceAsync(TestModels.LlavaProfile());
    }

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task ApplyPolicy_NoLosslessSchedule_NamesRuleAndModel()
    {
        await PutAsync(0.5, isLossless: false);

        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(Policy()));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal("rules[0].lossless", RpcFaults.Read(exception).Single().Field);
        Assert.Contains(TestModels.Llava, exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamPlans_LosslessRule_IsServedByTheNewestAndAlikeOnTheExecutor()
    {
        var first = await PutAsync(0.5, search: "s1");
        await _scheduler.ApplyAsync(Policy());
        using var client = await PlanClient.OpenAsync(_scheduler);
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        await executor.AckAsync(executor.First);

        var before = (await client.AskAsync(PlanClient.Descriptor())).Plan;
        var second = await PutAsync(0.25, search: "s2");
        var after = (await client.AskAsync(PlanClient.Descriptor())).Plan;
        var snapshot = SnapshotMapping.ToDomain((await executor.NextUpdateAsync()).Snapshot).Require();

        Assert.Equal((first.Id, 288), (before.Provenance.ScheduleId, before.Counts[^1]));
        Assert.Equal((second.Id, 144, "*"), (after.Provenance.ScheduleId, after.Counts[^1], after.Provenance.Rule));
        var profile = ModelProfileMapping.ToDomain(TestModels.LlavaProfile()).Require();
        Assert.Equal(after, PlanMapping.ToProto("r1", new PlanDecider().Decide(snapshot, profile, PlanClient.Descriptor())));
    }

    [Fact]
    public async Task PutSchedule_FoundAgainByALosslessSearch_IsTheNewestAgainAndKeepsItsName()
    {
        var first = await PutAsync(0.5, isLossless: false);
        var found = await PutAsync(0.5, search: "s1");
        var other = await PutAsync(0.25, search: "s2");
        await _scheduler.ApplyAsync(Policy());
        using var client = await PlanClient.OpenAsync(_scheduler);
        Assert.Equal(other.Id, (await client.AskAsync(PlanClient.Descriptor())).Plan.Provenance.ScheduleId);

        var again = await PutAsync(0.5, search: "s3");
        var same = await PutAsync(0.5, search: "s3");

        Assert.Equal((first.Id, first.Name, first.Revision + 1), (found.Id, found.Name, found.Revision));
        Assert.Equal(again, same);
        Assert.Equal(again.Id, (await client.AskAsync(PlanClient.Descriptor())).Plan.Provenance.ScheduleId);
    }

    [Fact]
    public async Task DeleteSchedule_LastOfALosslessRule_IsRefusedAndOneOfTwoIsNot()
    {
        var first = await PutAsync(0.5, search: "s1");
        var second = await PutAsync(0.25, search: "s2");
        await _scheduler.ApplyAsync(Policy());

        await _scheduler.Schedules.DeleteScheduleAsync(new DeleteScheduleRequest { Id = second.Id });
        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await _scheduler.Schedules.DeleteScheduleAsync(new DeleteScheduleRequest { Id = first.Id }));

        Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
        Assert.Contains("'default'", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutSchedule_WrittenFormSaidToBeLossless_IsInvalid()
    {
        var schedule = new Schedule { Spec = "fastv:K=2,R=0.5", Provenance = new ScheduleProvenance { Lossless = true } };

        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = schedule }));

        Assert.Equal("provenance.lossless", RpcFaults.Read(exception).Single().Field);
    }

    private static Policy Policy() =>
        new() { Name = "default", Model = "*", Rules = { new ClassRule { RequestClass = "*", Lossless = true } } };

    private async Task<Schedule> PutAsync(double rate, bool isLossless = true, string search = "")
    {
        var schedule = TestPolicies.Rates(TestModels.LlavaLayers, rate, TestModels.Llava);
        schedule.Name = isLossless ? $"gsearch {search}" : "by hand";
        schedule.Provenance = isLossless ? new ScheduleProvenance { SearchId = search, ModelRevision = "rev-1", Lossless = true } : null;
        return await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = schedule });
    }
}
