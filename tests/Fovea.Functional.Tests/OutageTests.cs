using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Functional.Tests;

/// <summary>What clients see when a process dies.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private FoveaStack _stack = null!;

    public async Task InitializeAsync() => _stack = await FoveaStack.StartAsync();

    public async Task DisposeAsync() => await _stack.DisposeAsync();

    [Fact]
    public async Task Scheduler_KilledAndBack_RequestsGoOnStaleAndThenFresh()
    {
        await _stack.ApplyAsync("uniform:r=0.5");
        var fresh = (await _stack.AnswerAsync(FoveaStack.AskAny()))[^1].Done;
        await _stack.StateAsync("ready");
        Assert.False(fresh.Stale);

        await _stack.Scheduler.KillAsync();
        await _stack.StateAsync("stale");
        var events = await _stack.AnswerAsync(FoveaStack.AskAny());

        Assert.True(events[0].Admitted.Stale);
        Assert.Equal((fresh.PlanDigest, fresh.Epoch, fresh.Revision, fresh.Text), (events[^1].Done.PlanDigest, events[^1].Done.Epoch, events[^1].Done.Revision, events[^1].Done.Text));

        await _stack.StartSchedulerAsync();
        await _stack.StateAsync("ready");
        await Waiting.UntilAsync(
            async () => !(await _stack.AnswerAsync(FoveaStack.AskAny()))[0].Admitted.Stale, $"a fresh plan\n{_stack.Executor.Output}");
    }

    [Fact]
    public async Task Executor_RestartedWhileTheSchedulerIsAway_ServesItsSavedSnapshot()
    {
        await _stack.ApplyAsync("uniform:r=0.5");
        var fresh = (await _stack.AnswerAsync(FoveaStack.AskAny()))[^1].Done;
        await _stack.Scheduler.KillAsync();
        await _stack.Executor.KillAsync();

        await _stack.StartExecutorAsync();
        await _stack.StateAsync("stale");
        var events = await _stack.AnswerAsync(FoveaStack.AskAny());

        Assert.Equal((true, false, fresh.PlanDigest), (events[0].Admitted.Stale, events[0].Admitted.Fallback, events[^1].Done.PlanDigest));
    }

    [Fact]
    public async Task Executor_KilledMidStream_ClientGetsUnavailable()
    {
        using var call = _stack.Begin(Endless());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        await _stack.Executor.KillAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => FoveaStack.ReadAsync(call));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task Stop_RequestRunning_EndsItAndExitsClean()
    {
        using var call = _stack.Begin(FoveaStack.AskAny());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var executor = _stack.Executor.StopAsync();
        var rest = await FoveaStack.ReadAsync(call);

        Assert.Equal("yellow", rest[^1].Done.Text);
        Assert.Equal(0, await executor);
        Assert.Equal(0, await _stack.Scheduler.StopAsync());
    }

    private static GenerateRequest Endless()
    {
        var request = FoveaStack.AskAny();
        request.Sampling = new Sampling { MaxTokens = 1700, IgnoreEos = true };
        return request;
    }
}
