using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Scheduler.Policies;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Scheduler.Tests.Policies;

public sealed class CanaryRpcTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync()
    {
        _scheduler = await TestScheduler.StartAsync();
        await _scheduler.ApplyAsync(TestPolicies.Full("default", 2));
    }

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task ApplyPolicy_Canary_RunsBesideThePolicyWithDefaultsWrittenOut()
    {
        var response = await _scheduler.Policies.ApplyPolicyAsync(Trial(0.25));

        var stored = response.Policy;
        Assert.True(response.Changed);
        Assert.Equal((3, 2), (stored.Revision, stored.Policy.Floor));
        Assert.Equal((3, 0.25, "uniform:r=0.5,first=3"), (stored.Canary.Revision, stored.Canary.Share, stored.Canary.Policy.Rules[0].Spec));
        Assert.Equal((20, 0.02, 1.5, false), (stored.Canary.Guard.MinRequests, stored.Canary.Guard.MaxErrorRateAbove, stored.Canary.Guard.MaxTtftRatio, stored.Canary.Guard.HasShadowShare));
        Assert.NotNull(stored.Canary.Started);
        Assert.Equal(stored, await GetAsync());
    }

    [Fact]
    public async Task ApplyPolicy_CanaryWithAgreement_TakesTheDefaultShadowShare()
    {
        var request = Trial(0.25);
        request.Guard = new CanaryGuard { MinAgreement = 0.9, MaxTtftRatio = 3 };

        var guard = (await _scheduler.ApplyAsync(request)).Canary.Guard;

        Assert.Equal((0.9, 0.05, 3.0), (guard.MinAgreement, guard.ShadowShare, guard.MaxTtftRatio));
    }

    [Fact]
    public async Task StreamPlans_CanaryRuns_ServesItsShareAndNamesTheVersion()
    {
        var canary = await _scheduler.ApplyAsync(Trial(0.5));
        using var client = await PlanClient.OpenAsync(_scheduler);
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        var received = SnapshotMapping.ToDomain(executor.First.Snapshot).Require();
        var profile = ModelProfileMapping.ToDomain(TestModels.LlavaProfile()).Require();
        for (var request = 0; request < 40; request++)
        {
            var descriptor = PlanClient.Descriptor($"request-{request}");

            var plan = (await client.AskAsync(descriptor)).Plan;

            var isCanary = CanaryShare.PointOf("default", canary.Canary.Revision, descriptor.RequestId) < 0.5;
            Assert.Equal((isCanary, 3L, "default"), (plan.Provenance.Canary, plan.Provenance.PolicyRevision, plan.Provenance.Policy));
            Assert.Equal(isCanary ? 288 : 576, plan.Counts[^1]);
            Assert.Equal(plan, PlanMapping.ToProto(descriptor.RequestId, new PlanDecider().Decide(received, profile, descriptor)));
        }
    }

    [Fact]
    public async Task ApplyPolicy_CanaryOfNothing_IsAFailedPrecondition()
    {
        var request = Trial(0.5, "night");

        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(request));

        Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
        Assert.Contains("'night' is not stored", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyPolicy_WhileACanaryRuns_IsAFailedPreconditionThatNamesTheWaysOut()
    {
        await _scheduler.ApplyAsync(Trial(0.5));
        ApplyPolicyRequest[] requests = [new() { Policy = TestPolicies.Full("default", 7) }, Trial(0.6), new() { Policy = TestPolicies.Full("default", 7), CanaryShare = 0.5 }];
        foreach (var request in requests)
        {
            var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(request));

            Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
            Assert.Contains("since revision 3, on a share of 0.5: promote or abort it first", exception.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ApplyPolicy_SameCanaryAgain_ChangesNothing()
    {
        var first = await _scheduler.ApplyAsync(Trial(0.5));

        var again = await _scheduler.Policies.ApplyPolicyAsync(Trial(0.5));
        var policy = await _scheduler.Policies.ApplyPolicyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("default", 2) });

        Assert.Equal((false, false), (again.Changed, policy.Changed));
        Assert.Equal(first, again.Policy);
        Assert.Equal(first, policy.Policy);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public async Task ApplyPolicy_ShareThatIsNone_NamesTheField(double share) =>
        Assert.Equal(["canaryShare"], await FaultsAsync(Trial(share)));

    [Fact]
    public async Task ApplyPolicy_FaultsOfPolicyCanaryAndReason_AreNamedAtOnce()
    {
        var request = Trial(2);
        request.Policy.Floor = -1;
        request.Policy.Model = "other";
        request.Reason = "line\nbreak";
        request.Guard = new CanaryGuard { MinRequests = 0, MaxErrorRateAbove = 2, MaxTtftRatio = 0, MinAgreement = 0.5, ShadowShare = 0 };

        string[] expected =
        [
            "floor", "guard.minRequests", "guard.maxErrorRateAbove", "guard.maxTtftRatio", "guard.shadowShare", "canaryShare", "model", "reason",
        ];
        Assert.Equal(expected, await FaultsAsync(request));
    }

    [Fact]
    public async Task ApplyPolicy_GuardWithoutAShare_IsAFault() =>
        Assert.Equal(["guard"], await FaultsAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("default"), Guard = new CanaryGuard() }));

    [Fact]
    public async Task PromoteCanary_Runs_MakesItThePolicy()
    {
        var trial = await _scheduler.ApplyAsync(Trial(0.5));

        var response = await _scheduler.Policies.PromoteCanaryAsync(
            new PromoteCanaryRequest { Name = "default", ExpectedRevision = trial.Revision, Reason = "it held" });

        Assert.Equal(trial, response.Previous);
        Assert.Equal((4, trial.Canary.Policy, default(Canary)), (response.Policy.Revision, response.Policy.Policy, response.Policy.Canary));
        Assert.Equal(response.Policy, await GetAsync());
    }

    [Fact]
    public async Task AbortCanary_Runs_LeavesThePolicyAsItWas()
    {
        var trial = await _scheduler.ApplyAsync(Trial(0.5));

        var response = await _scheduler.Policies.AbortCanaryAsync(new AbortCanaryRequest { Name = "default" });

        Assert.Equal((4, trial.Policy, default(Canary)), (response.Policy.Revision, response.Policy.Policy, response.Policy.Canary));
        Assert.Equal(response.Policy, await GetAsync());
    }

    [Fact]
    public async Task EndCanary_NoneOrNotAsExpected_IsRefused()
    {
        Assert.Equal(StatusCode.NotFound, await PromoteAsync("nobody", null));
        Assert.Equal(StatusCode.FailedPrecondition, await PromoteAsync("default", null));
        await _scheduler.ApplyAsync(Trial(0.5));
        Assert.Equal(StatusCode.Aborted, await PromoteAsync("default", 2));
    }

    [Fact]
    public async Task EndCanary_ManyAtOnce_ExactlyOneEndsIt()
    {
        await _scheduler.ApplyAsync(Trial(0.5));
        var endings = await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            try
            {
                return number % 2 == 0
                    ? (await _scheduler.Policies.PromoteCanaryAsync(new PromoteCanaryRequest { Name = "default" })).Policy.Revision
                    : (await _scheduler.Policies.AbortCanaryAsync(new AbortCanaryRequest { Name = "default" })).Policy.Revision;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
            {
                return 0;
            }
        }));

        Assert.Equal(4, Assert.Single(endings, revision => revision != 0));
    }

    [Fact]
    public async Task DeletePolicy_CanaryRuns_IsRefusedUntilItEnds()
    {
        await _scheduler.ApplyAsync(TestPolicies.Full("a"));
        await _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a", 2), CanaryShare = 0.5 });

        var refused = await RefusedAsync("a");
        await _scheduler.Policies.AbortCanaryAsync(new AbortCanaryRequest { Name = "a" });
        await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a" });

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Contains("policy 'a' has a canary since revision 4", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.NotFound, (await RefusedAsync("a")).StatusCode);
    }

    [Fact]
    public async Task FailAsync_ThatCanary_EndsItInTheGuardsName()
    {
        var trial = await _scheduler.ApplyAsync(Trial(0.5));

        Assert.True(await Ending().FailAsync("default", trial.Canary.Revision, "error rate 0.4", CancellationToken.None));

        var newest = (await _scheduler.Policies.GetPolicyHistoryAsync(new GetPolicyHistoryRequest { Name = "default", Limit = 1 })).Versions.Single();
        Assert.Equal(
            (4, PolicyAction.CanaryFailed, CanaryEnding.GuardActor, "error rate 0.4"), (newest.Revision, newest.Action, newest.Actor, newest.Reason));
        Assert.Equal(trial.Policy, newest.Policy.Policy);
        Assert.Null((await GetAsync()).Canary);
    }

    [Fact]
    public async Task FailAsync_CanaryThatIsNotThatOne_ChangesNothing()
    {
        var first = await _scheduler.ApplyAsync(Trial(0.5));
        await _scheduler.Policies.AbortCanaryAsync(new AbortCanaryRequest { Name = "default" });
        var second = await _scheduler.ApplyAsync(Trial(0.5));

        Assert.False(await Ending().FailAsync("default", first.Canary.Revision, "late", CancellationToken.None));
        Assert.False(await Ending().FailAsync("nobody", 1, "late", CancellationToken.None));

        Assert.Equal(second, await GetAsync());
    }

    [Fact]
    public async Task ApplyPolicy_CanaryDryRun_ReportsAndChangesNothing()
    {
        var request = Trial(0.5);
        request.DryRun = true;

        var response = await _scheduler.Policies.ApplyPolicyAsync(request);

        Assert.Equal((true, 2, 0.5, 0), (response.Changed, response.Policy.Revision, response.Policy.Canary.Share, response.Policy.Canary.Revision));
        Assert.Null((await GetAsync()).Canary);
    }

    [Fact]
    public async Task DeleteSchedule_CanaryUsesIt_IsRefused()
    {
        var schedule = await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = TestPolicies.Rates(32, 0.5) });
        await _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.BySchedule("default", schedule.Id), CanaryShare = 0.1 });

        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await _scheduler.Schedules.DeleteScheduleAsync(new DeleteScheduleRequest { Id = schedule.Id }));

        Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
        Assert.Contains("'default'", exception.Status.Detail, StringComparison.Ordinal);
    }

    private static ApplyPolicyRequest Trial(double share, string name = "default") =>
        new() { Policy = TestPolicies.BySpec(name, "uniform:r=0.5"), CanaryShare = share };

    private CanaryEnding Ending() => _scheduler.App.Services.GetRequiredService<CanaryEnding>();

    private async Task<RpcException> RefusedAsync(string name) =>
        await Assert.ThrowsAsync<RpcException>(async () => await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = name }));

    private async Task<StoredPolicy> GetAsync() => await _scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "default" });

    private async Task<IEnumerable<string>> FaultsAsync(ApplyPolicyRequest request)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        return RpcFaults.Read(exception).Select(fault => fault.Field);
    }

    private async Task<StatusCode> PromoteAsync(string name, long? expected)
    {
        var request = new PromoteCanaryRequest { Name = name };
        if (expected is { } revision)
        {
            request.ExpectedRevision = revision;
        }

        return (await Assert.ThrowsAsync<RpcException>(async () => await _scheduler.Policies.PromoteCanaryAsync(request))).StatusCode;
    }
}
