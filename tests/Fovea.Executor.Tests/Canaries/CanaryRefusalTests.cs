using Fovea.Contracts.V1;
using Fovea.Executor.Canaries;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Canaries;

/// <summary>What requests count for that the rules of a version refuse.</summary>
public sealed class CanaryRefusalTests
{
    private const string Spec = "uniform:r=0.5";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Generate_OnlyOneVersionRefuses_CountsAsItsFailure(bool isCanary)
    {
        var snapshot = CanarySnapshots.Of(7, Spec, Spec);
        Narrow(isCanary ? snapshot.Policies[0].Canary.Policy : snapshot.Policies[0].Policy);
        await using var scheduler = await FakeScheduler.StartAsync(Decider(snapshot));
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, scheduler.Script);

        var refused = await Assert.ThrowsAsync<RpcException>(() => AskAsync(executor, isCanary));
        await AskAsync(executor, !isCanary);

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.Equal((1, 1, 0), Counts(executor, isCanary));
        Assert.Equal((1, 0, 1), Counts(executor, !isCanary));
    }

    [Fact]
    public async Task Generate_SchedulerIsAway_CountsTheSame()
    {
        var snapshot = CanarySnapshots.Of(7, Spec, Spec);
        Narrow(snapshot.Policies[0].Canary.Policy);
        var scheduler = await FakeScheduler.StartAsync(Decider(snapshot));
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, scheduler.Script);
        await scheduler.DisposeAsync();

        await Assert.ThrowsAsync<RpcException>(() => AskAsync(executor, canary: true));

        Assert.Equal((1, 1, 0), Counts(executor, canary: true));
    }

    [Fact]
    public async Task Generate_CanaryForbidsTheOverride_CountsAsItsFailure()
    {
        var snapshot = CanarySnapshots.Of(7, Spec, Spec);
        snapshot.Policies[0].Canary.Policy.AllowOverrides = false;
        await using var scheduler = await FakeScheduler.StartAsync(Decider(snapshot));
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, scheduler.Script);

        await Assert.ThrowsAsync<RpcException>(() => AskAsync(executor, canary: true, new PlanOverride { Full = true }));

        Assert.Equal((1, 1, 0), Counts(executor, canary: true));
    }

    [Fact]
    public async Task Generate_BothVersionsRefuse_CountsNothing()
    {
        var snapshot = CanarySnapshots.Of(7, Spec, Spec);
        Narrow(snapshot.Policies[0].Canary.Policy);
        Narrow(snapshot.Policies[0].Policy);
        await using var scheduler = await FakeScheduler.StartAsync(Decider(snapshot));
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, scheduler.Script);

        await Assert.ThrowsAsync<RpcException>(() => AskAsync(executor, canary: true));
        await Assert.ThrowsAsync<RpcException>(() => AskAsync(executor, canary: false));

        Assert.Equal(((0, 0, 0), (0, 0, 0)), (Counts(executor, canary: true), Counts(executor, canary: false)));
    }

    [Fact]
    public async Task Generate_SchedulerRefusesWhatTheRulesAllow_CountsNothing()
    {
        var script = Decider(CanarySnapshots.Of(7, Spec, Spec));
        script.OnDescriptor = descriptor => new PlanStreamResponse
        {
            Error = new PlanError { RequestId = descriptor.RequestId, Code = (int)StatusCode.DeadlineExceeded, Message = "late" },
        };
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, scheduler.Script);

        await Assert.ThrowsAsync<RpcException>(() => AskAsync(executor, canary: true));

        Assert.Equal((0, 0, 0), Counts(executor, canary: true));
    }

    /// <summary>Leaves requests without a class without a rule.</summary>
    private static void Narrow(Policy policy) => policy.Rules[0].RequestClass = "ocr";

    private static (long Requests, long Failures, long FirstTokens) Counts(TestExecutor executor, bool canary)
    {
        var arm = executor.Services.GetRequiredService<ArmBoard>().Report().Single(arm => arm.Canary == canary);
        return (arm.Requests, arm.Failures, arm.TtftCounts.Sum());
    }

    private static Task<List<GenerateEvent>> AskAsync(TestExecutor executor, bool canary, PlanOverride? plan = null)
    {
        executor.Engine.Tokens = [.. TestExecutor.Tokenizer.Encode("red", addSpecialTokens: false)];
        return executor.AnswerAsync(Requests.Ask(request =>
        {
            request.RequestId = CanarySnapshots.IdOf(canary, 0);
            request.Plan = plan;
        }));
    }
}
