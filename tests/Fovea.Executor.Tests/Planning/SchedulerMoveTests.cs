using System.Net;
using System.Net.Sockets;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Planning;

/// <summary>Several schedulers, of which the executor's streams go to one at a time.</summary>
public sealed class SchedulerMoveTests
{
    private static readonly Snapshot Held = Snapshots.Uniform("e1", 7, 0.5);

    [Fact]
    public async Task Streams_PreferredGone_GoToTheNextWithoutAnyWait()
    {
        var schedulers = await StartTwoAsync(Held);
        await using var other = schedulers[1];
        await using var executor = await StartAsync(schedulers, time: new ManualTime());
        await ReadyAsync(executor, schedulers[0].Script);

        await schedulers[0].DisposeAsync();

        Assert.Equal(7, (await other.Script.NextAsync(WatchRequest.KindOneofCase.Subscribe)).Subscribe.HeldRevision);
        await StateAsync(executor, PlanSourceState.Ready);
        await UsesAsync(executor, other);
        Assert.False((await executor.AnswerAsync())[0].Admitted.Stale);
    }

    [Fact]
    public async Task Streams_Draining_MoveFirstAndLoseNoPlan()
    {
        var schedulers = await StartTwoAsync(Held);
        await using var old = schedulers[0];
        await using var other = schedulers[1];
        await using var executor = await StartAsync(schedulers, time: new ManualTime());
        await ReadyAsync(executor, old.Script);
        var (asked, decide) = (new TaskCompletionSource(), new TaskCompletionSource());
        var decider = old.Script.OnDescriptor;
        old.Script.OnDescriptor = descriptor =>
        {
            asked.TrySetResult();
            decide.Task.InTimeAsync().GetAwaiter().GetResult();
            return decider(descriptor);
        };
        var running = executor.AnswerAsync();
        await asked.Task.InTimeAsync();

        old.Script.Send(new WatchResponse { Draining = new Draining { RetryAfterMs = 60_000 } });
        await UsesAsync(executor, other);
        var next = await executor.AnswerAsync(Requests.Ask(request => request.RequestId = "r2"));
        decide.SetResult();

        Assert.False((await running)[0].Admitted.Stale);
        Assert.False(next[0].Admitted.Stale);
        Assert.NotNull((await other.Script.PlanRequests.Reader.ReadAsync()).Hello);
        Assert.Equal("r2", (await other.Script.PlanRequests.Reader.ReadAsync()).Descriptor_.RequestId);
    }

    [Fact]
    public async Task Streams_PlansDraining_MoveToo()
    {
        var schedulers = await StartTwoAsync(Held);
        await using var old = schedulers[0];
        await using var other = schedulers[1];
        await using var executor = await StartAsync(schedulers, time: new ManualTime());
        await ReadyAsync(executor, old.Script);

        old.Script.SendOnPlans(new PlanStreamResponse { Draining = new Draining { RetryAfterMs = 60_000 } });

        await UsesAsync(executor, other);
        Assert.False((await executor.AnswerAsync())[0].Admitted.Stale);
    }

    [Fact]
    public async Task Streams_OfAge_AreDialledAgainBeforeTheOldOnesEnd()
    {
        var time = new ManualTime();
        var script = Decider(Held);
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await StartAsync(scheduler, new() { ["Planning:StreamAge"] = "00:00:08" }, time);
        await ReadyAsync(executor, script);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(7.1), TimeSpan.FromSeconds(8.9)).InTimeAsync();

        time.Advance(TimeSpan.FromSeconds(8.9));

        Assert.Equal(7, (await script.NextAsync(WatchRequest.KindOneofCase.Subscribe)).Subscribe.HeldRevision);
        await script.NextAsync(WatchRequest.KindOneofCase.Ack);
        Assert.False((await executor.AnswerAsync())[0].Admitted.Stale);
    }

    [Fact]
    public async Task Streams_PreferredIsBack_ReturnToIt()
    {
        var time = new ManualTime();
        var schedulers = await StartTwoAsync(Held);
        await using var other = schedulers[1];
        await using var executor = await StartAsync(schedulers, time: time);
        await ReadyAsync(executor, schedulers[0].Script);
        await schedulers[0].DisposeAsync();
        await UsesAsync(executor, other);
        await using var back = await FakeScheduler.StartAsync(Decider(Held), schedulers[0].Address.Port);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15)).InTimeAsync();

        time.Advance(TimeSpan.FromSeconds(15));

        await UsesAsync(executor, back);
        Assert.False((await executor.AnswerAsync())[0].Admitted.Stale);
    }

    [Fact]
    public async Task Streams_PlansNeverCome_LeaveToTheNext()
    {
        var schedulers = await StartTwoAsync(Held);
        await using var hung = schedulers[0];
        await using var other = schedulers[1];
        hung.Script.OnDescriptor = _ => null;
        var settings = new Dictionary<string, string?>
        {
            ["Planning:PlanTimeout"] = "00:00:00.050",
            ["Planning:MaxLatePlans"] = "2",
            ["Planning:PlanSilence"] = "00:00:00.010",
        };
        await using var executor = await StartAsync(schedulers, settings);
        await ReadyAsync(executor, hung.Script);

        Assert.True((await executor.AnswerAsync())[0].Admitted.Stale);
        Assert.Equal(hung.Address.GetLeftPart(UriPartial.Authority), Link(executor).Scheduler);
        Assert.True((await executor.AnswerAsync())[0].Admitted.Stale);

        await UsesAsync(executor, other);
    }

    [Fact]
    public async Task Streams_PreferredAcceptsNothing_GoToTheNextAfterTheOpenTimeout()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start(); // connections are made by the kernel, and nobody answers on them
        var address = new Uri($"http://{mute.LocalEndpoint}");
        await using var other = await FakeScheduler.StartAsync(Decider(Held));
        SchedulerEndpoint[] both = [new(address, string.Empty), new(other.Address, string.Empty)];
        var id = Enumerable.Range(0, 1000).Select(index => $"executor-{index}").First(id => SchedulerOrder.Of(id, both)[0] == both[0]);
        await using var executor = await TestExecutor.StartAsync(new()
        {
            ["Planning:Scheduler"] = $"{address},{other.Address}",
            ["Planning:ExecutorId"] = id,
            ["Planning:OpenTimeout"] = "00:00:00.100",
        });

        await UsesAsync(executor, other);
    }

    [Fact]
    public async Task Streams_NameOfTheScheduler_IsLookedUp()
    {
        var script = Decider(Held);
        await using var scheduler = await FakeScheduler.StartAsync(script);
        await using var executor = await TestExecutor.StartAsync(new() { ["Planning:Scheduler"] = $"dns:///localhost:{scheduler.Address.Port}" });

        await ReadyAsync(executor, script);

        await UsesAsync(executor, scheduler);
    }

    private static SchedulerLink Link(TestExecutor executor) => executor.Services.GetRequiredService<SchedulerLink>();

    private static Task UsesAsync(TestExecutor executor, FakeScheduler scheduler) =>
        Bounded.UntilAsync(() => Link(executor).Scheduler == scheduler.Address.GetLeftPart(UriPartial.Authority));
}
