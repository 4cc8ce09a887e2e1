using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Executor.Tests.Planning;

/// <summary>An executor and a scheduler that know each other.</summary>
internal static class PlanningScenario
{
    /// <summary>A scheduler that decides by a snapshot as the real one does.</summary>
    public static SchedulerScript Decider(Snapshot snapshot)
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
                    : new PlanStreamResponse { Error = Refuse(snapshot, RpcFaults.ToPlanError(descriptor.RequestId, resolution.Faults)) };
            },
        };
    }

    /// <summary>Starts an executor that waits long for its plans, because test machines are slow.</summary>
    public static Task<TestExecutor> StartAsync(
        FakeScheduler scheduler, Dictionary<string, string?>? settings = null, TimeProvider? time = null) =>
        TestExecutor.StartAsync(
            new(settings ?? [])
            {
                ["Planning:Scheduler"] = scheduler.Address.ToString(),
                ["Planning:PlanTimeout"] = settings?.GetValueOrDefault("Planning:PlanTimeout") ?? "00:00:20",
            },
            time);

    /// <summary>Starts an executor that knows several schedulers.</summary>
    public static Task<TestExecutor> StartAsync(
        IEnumerable<FakeScheduler> schedulers, Dictionary<string, string?>? settings = null, TimeProvider? time = null) =>
        TestExecutor.StartAsync(
            new(settings ?? [])
            {
                ["Planning:Scheduler"] = string.Join(", ", schedulers.Select(scheduler => scheduler.Address)),
                ["Planning:PlanTimeout"] = settings?.GetValueOrDefault("Planning:PlanTimeout") ?? "00:00:20",
            },
            time);

    /// <summary>Starts two schedulers of one snapshot, the one that the executor prefers first.</summary>
    public static async Task<FakeScheduler[]> StartTwoAsync(Snapshot snapshot)
    {
        FakeScheduler[] both = [await FakeScheduler.StartAsync(Decider(snapshot)), await FakeScheduler.StartAsync(Decider(snapshot))];
        var order = SchedulerOrder.Of("executor-1", both.Select(scheduler => new SchedulerEndpoint(scheduler.Address, string.Empty)));
        return [.. both.OrderBy(scheduler => order.IndexOf(new SchedulerEndpoint(scheduler.Address, string.Empty)))];
    }

    /// <summary>Waits until both streams are up.</summary>
    public static async Task ReadyAsync(TestExecutor executor, SchedulerScript script)
    {
        await script.NextAsync(WatchRequest.KindOneofCase.Ack);
        await StateAsync(executor, PlanSourceState.Ready);
        while (!script.Calls.Reader.TryRead(out var call) || !call.EndsWith("StreamPlans", StringComparison.Ordinal))
        {
            await script.Calls.Reader.WaitToReadAsync().AsTask().InTimeAsync();
        }

        var route = executor.Services.GetRequiredService<PlanRoute>();
        await Bounded.UntilAsync(() => route.IsOpen);
    }

    /// <summary>Waits until the executor sees its scheduler so.</summary>
    public static Task StateAsync(TestExecutor executor, PlanSourceState state)
    {
        var link = executor.Services.GetRequiredService<SchedulerLink>();
        return Bounded.UntilAsync(() => link.State == state);
    }

    private static PlanError Refuse(Snapshot snapshot, PlanError error)
    {
        (error.Epoch, error.Revision) = (snapshot.Epoch, snapshot.Revision);
        return error;
    }
}
