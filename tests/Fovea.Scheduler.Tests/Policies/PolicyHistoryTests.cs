using Fovea.Contracts.V1;
using Fovea.Scheduler.Policies;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Policies;

public sealed class PolicyHistoryTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartInAsync(_folder.Path);

    public async Task DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task GetPolicyHistory_EveryKindOfChange_NamesActionActorAndReason()
    {
        var policies = _scheduler.Policies;
        var before = DateTimeOffset.UtcNow;
        await _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a", 1), Reason = "begin" });
        await _scheduler.ApplyAsync(Trial(2));
        await policies.AbortCanaryAsync(new AbortCanaryRequest { Name = "a", Reason = "slow" });
        await _scheduler.ApplyAsync(Trial(3));
        await policies.PromoteCanaryAsync(new PromoteCanaryRequest { Name = "a" });
        await policies.RollbackPolicyAsync(new RollbackPolicyRequest { Name = "a", Reason = "worse" });
        await policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a", Reason = "gone" });

        var versions = await HistoryAsync();

        (PolicyAction, long, int, string)[] expected =
        [
            (PolicyAction.Deleted, 8, -1, "gone"), (PolicyAction.RolledBack, 7, 1, "worse"), (PolicyAction.CanaryPromoted, 6, 3, string.Empty),
            (PolicyAction.CanaryStarted, 5, 1, string.Empty), (PolicyAction.CanaryAborted, 4, 1, "slow"), (PolicyAction.CanaryStarted, 3, 1, string.Empty),
            (PolicyAction.Applied, 2, 1, "begin"),
        ];
        Assert.Equal(expected, versions.Select(version => (version.Action, version.Revision, version.Policy?.Policy.Floor ?? -1, version.Reason)));
        Assert.All(versions, version => Assert.Equal(("a", "anonymous", _scheduler.State.Epoch), (version.Name, version.Actor, version.Epoch)));
        Assert.All(versions, version => Assert.InRange(version.Time.ToDateTimeOffset(), before.AddSeconds(-1), DateTimeOffset.UtcNow));
        Assert.Equal(3, versions[3].Policy.Canary.Policy.Floor);
    }

    [Fact]
    public async Task GetPolicyHistory_Limit_ReturnsTheNewest()
    {
        for (var floor = 1; floor <= 25; floor++)
        {
            await _scheduler.ApplyAsync(TestPolicies.Full("a", floor));
        }

        Assert.Equal(20, (await HistoryAsync()).Count);
        Assert.Equal([25, 24], (await HistoryAsync(2)).Select(version => version.Policy.Policy.Floor));
    }

    [Theory]
    [InlineData("nobody", 0, StatusCode.NotFound)]
    [InlineData("default", -1, StatusCode.InvalidArgument)]
    public async Task GetPolicyHistory_NotThere_IsRefused(string name, int limit, StatusCode code)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await _scheduler.Policies.GetPolicyHistoryAsync(new GetPolicyHistoryRequest { Name = name, Limit = limit }));

        Assert.Equal(code, exception.StatusCode);
    }

    [Fact]
    public async Task RollbackPolicy_NoVersionNamed_GoesToTheOneThatSaidSomethingElse()
    {
        await ApplyAllAsync(1, 2, 3);

        var back = await RollbackAsync(new RollbackPolicyRequest { Name = "a" });
        await _scheduler.ApplyAsync(Trial(9));
        var again = await RollbackAsync(new RollbackPolicyRequest { Name = "a" });

        Assert.Equal((true, 2, 5), (back.Changed, back.Policy.Policy.Floor, back.Policy.Revision));
        Assert.Equal((3, default(Canary)), (again.Policy.Policy.Floor, again.Policy.Canary));
    }

    [Fact]
    public async Task RollbackPolicy_ToARevision_StoresItAsANewOne()
    {
        await ApplyAllAsync(1, 2, 3);

        var response = await RollbackAsync(new RollbackPolicyRequest { Name = "a", ToRevision = 2, ExpectedRevision = 4 });

        Assert.Equal((1, 5, 3), (response.Policy.Policy.Floor, response.Policy.Revision, response.Previous.Policy.Floor));
        Assert.Equal(PolicyAction.RolledBack, (await HistoryAsync(1)).Single().Action);
    }

    [Fact]
    public async Task RollbackPolicy_ToWhatItIs_ChangesNothingUnlessACanaryRuns()
    {
        await ApplyAllAsync(1, 2);

        var same = await RollbackAsync(new RollbackPolicyRequest { Name = "a", ToRevision = 3 });
        await _scheduler.ApplyAsync(Trial(9));
        var ended = await RollbackAsync(new RollbackPolicyRequest { Name = "a", ToRevision = 3 });

        Assert.Equal((false, 3), (same.Changed, same.Policy.Revision));
        Assert.Equal((true, 5, 2, default(Canary)), (ended.Changed, ended.Policy.Revision, ended.Policy.Policy.Floor, ended.Policy.Canary));
    }

    [Fact]
    public async Task RollbackPolicy_Removed_ComesBack()
    {
        await ApplyAllAsync(1, 2);
        await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a" });

        var response = await RollbackAsync(new RollbackPolicyRequest { Name = "a", ExpectedRevision = 0 });

        Assert.Equal((2, default(StoredPolicy)), (response.Policy.Policy.Floor, response.Previous));
    }

    [Fact]
    public async Task RollbackPolicy_DryRun_ReportsAndChangesNothing()
    {
        await ApplyAllAsync(1, 2);

        var response = await RollbackAsync(new RollbackPolicyRequest { Name = "a", DryRun = true });

        Assert.Equal((true, 1, 3), (response.Changed, response.Policy.Policy.Floor, response.Policy.Revision));
        Assert.Equal(3, _scheduler.State.Revision);
    }

    [Fact]
    public async Task RollbackPolicy_NotPossible_IsRefused()
    {
        await ApplyAllAsync(1);
        await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a" });
        await ApplyAllAsync(1);

        Assert.Equal(StatusCode.NotFound, (await RefusedAsync(new RollbackPolicyRequest { Name = "nobody" })).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await RefusedAsync(new RollbackPolicyRequest { Name = "a" })).StatusCode);
        Assert.Equal(StatusCode.FailedPrecondition, (await RefusedAsync(new RollbackPolicyRequest { Name = "a", ToRevision = 3 })).StatusCode);
        var unknown = await RefusedAsync(new RollbackPolicyRequest { Name = "a", ToRevision = 77 });
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("it has 4, 3, 2", unknown.Status.Detail, StringComparison.Ordinal);
        var lost = await RefusedAsync(new RollbackPolicyRequest { Name = "a", ToRevision = 2, ExpectedRevision = 2 });
        Assert.Equal((StatusCode.Aborted, "4"), (lost.StatusCode, lost.Trailers.GetValue(CurrentRevision.TrailerKey)));
    }

    [Fact]
    public async Task RollbackPolicy_VersionWhoseScheduleIsGone_IsAFailedPreconditionThatNamesIt()
    {
        var schedule = await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = TestPolicies.Rates(32, 0.5) });
        await _scheduler.ApplyAsync(TestPolicies.BySchedule("a", schedule.Id));
        await ApplyAllAsync(1);
        await _scheduler.Schedules.DeleteScheduleAsync(new DeleteScheduleRequest { Id = schedule.Id });

        var exception = await RefusedAsync(new RollbackPolicyRequest { Name = "a" });

        Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
        Assert.Contains($"rules[0].schedule: no schedule {schedule.Id}", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetPolicyHistory_AfterARestart_IsKept()
    {
        await ApplyAllAsync(1, 2);
        await _scheduler.DisposeAsync();
        _scheduler = await TestScheduler.StartInAsync(_folder.Path);

        Assert.Equal(1, (await RollbackAsync(new RollbackPolicyRequest { Name = "a" })).Policy.Policy.Floor);
        Assert.Equal([4, 3, 2], (await HistoryAsync()).Select(version => version.Revision));
    }

    [Fact]
    public async Task RollbackPolicy_WhileOthersApply_GoesToTheVersionJustBefore()
    {
        await ApplyAllAsync(1, 2);
        for (var round = 0; round < 5; round++)
        {
            var writer = ApplyAllAsync([.. Enumerable.Range(1, 10).Select(floor => (round * 100) + floor)]);

            var response = await RollbackAsync(new RollbackPolicyRequest { Name = "a" });
            await writer;

            var versions = await HistoryAsync(100);
            var place = versions.FindIndex(version => version.Revision == response.Policy.Revision);
            var previous = versions[place + 1];
            Assert.Equal(previous.Policy, response.Previous);
            var before = versions.Skip(place + 2).First(version => !version.Policy.Policy.Equals(previous.Policy.Policy));
            Assert.Equal(before.Policy.Policy, response.Policy.Policy);
        }
    }

    private static ApplyPolicyRequest Trial(int floor) => new() { Policy = TestPolicies.Full("a", floor), CanaryShare = 0.5 };

    private async Task ApplyAllAsync(params int[] floors)
    {
        foreach (var floor in floors)
        {
            await _scheduler.ApplyAsync(TestPolicies.Full("a", floor));
        }
    }

    private async Task<List<PolicyVersion>> HistoryAsync(int limit = 0) =>
        [.. (await _scheduler.Policies.GetPolicyHistoryAsync(new GetPolicyHistoryRequest { Name = "a", Limit = limit })).Versions];

    private async Task<ApplyPolicyResponse> RollbackAsync(RollbackPolicyRequest request) => await _scheduler.Policies.RollbackPolicyAsync(request);

    private async Task<RpcException> RefusedAsync(RollbackPolicyRequest request) => await Assert.ThrowsAsync<RpcException>(() => RollbackAsync(request));
}
