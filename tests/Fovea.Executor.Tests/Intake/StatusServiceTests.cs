using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Intake;

public sealed class StatusServiceTests
{
    [Fact]
    public async Task GetAppliedState_Connected_IsExactlyWhatIsInUse()
    {
        var script = Decider(Snapshots.Uniform("e1", 7, 0.5));
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler);
        await ReadyAsync(executor, script);
        await executor.AnswerAsync();

        var state = await new ExecutorStatusService.ExecutorStatusServiceClient(executor.Channel).GetAppliedStateAsync(new GetAppliedStateRequest());

        Assert.Equal(("executor-1", "e1", 7L, executor.Snapshots.Held.Digest), (state.ExecutorId, state.Epoch, state.Revision, state.Digest));
        Assert.Equal(("ready", scheduler.Address.GetLeftPart(UriPartial.Authority)), (state.PlanState, state.Scheduler));
        Assert.Equal((1L, 0), (state.Load.RequestsTotal, state.Load.OverloadTier));
    }

    [Fact]
    public async Task GetAppliedState_Alone_IsEmpty()
    {
        await using var executor = await TestExecutor.StartAsync();

        var state = await new ExecutorStatusService.ExecutorStatusServiceClient(executor.Channel).GetAppliedStateAsync(new GetAppliedStateRequest());

        Assert.Equal((string.Empty, 0L, string.Empty, "not_ready", string.Empty), (state.Epoch, state.Revision, state.Digest, state.PlanState, state.Scheduler));
    }
}
