using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Overload;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Executor.Tests.Overload;

/// <summary>The limit of KV cache as requests meet it.</summary>
public sealed class KvLimitTests
{
    [Fact]
    public async Task Generate_RequestAboveTheLimit_IsInvalidBeforeItIsAdmitted()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Intake:KvLimitBytes"] = "1000" });

        var error = await executor.RefusedAsync(Requests.Ask());

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("Intake:KvLimitBytes allows 1000", error.Status.Detail, StringComparison.Ordinal);
        Assert.False(executor.Engine.Jobs.Reader.TryRead(out _));
        await Bounded.UntilAsync(() => executor.Engine.LiveFeatures == 0);
    }

    [Fact]
    public async Task Generate_RoomForOne_LetsTheSecondWaitForMemory()
    {
        var bytes = await BytesOfOneAsync();
        await using var executor = await TestExecutor.StartAsync(new() { ["Intake:KvLimitBytes"] = $"{bytes * 3 / 2}" });
        var go = new TaskCompletionSource();
        executor.Engine.Script = async (job, events, ends) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            await go.Task.WaitAsync(ends);
            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Eos));
        };
        var kv = executor.Services.GetRequiredService<KvReservations>();

        var both = Task.WhenAll(executor.AnswerAsync(), executor.AnswerAsync());
        await Bounded.UntilAsync(() => kv.Waiting == 1 && executor.Engine.Running == 1);
        var report = executor.Services.GetRequiredService<ExecutorLoad>().Report();
        go.SetResult();

        Assert.Equal((1, bytes * 3 / 2), (report.Waiting, report.KvLimitBytes));
        Assert.All(await both, answer => Assert.NotNull(answer[^1].Done));
        await Bounded.UntilAsync(() => kv.UsedBytes == 0);
    }

    [Fact]
    public async Task Generate_WaiterForMemoryGoesAway_LeavesNothingBehind()
    {
        var bytes = await BytesOfOneAsync();
        await using var executor = await TestExecutor.StartAsync(new() { ["Intake:KvLimitBytes"] = $"{bytes * 3 / 2}" });
        var go = new TaskCompletionSource();
        executor.Engine.Script = async (job, events, ends) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            await go.Task.WaitAsync(ends);
            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Eos));
        };
        var kv = executor.Services.GetRequiredService<KvReservations>();
        var first = executor.AnswerAsync();
        await Bounded.UntilAsync(() => executor.Engine.Running == 1);
        using var second = executor.Client.Generate(Requests.Ask());
        await Bounded.UntilAsync(() => kv.Waiting == 1);

        second.Dispose();

        await Bounded.UntilAsync(() => kv.Waiting == 0 && executor.Services.GetRequiredService<AdmissionQueue>().Running == 1);
        go.SetResult();
        Assert.NotNull((await first)[^1].Done);
        await Bounded.UntilAsync(() => kv.UsedBytes == 0 && executor.Engine.LiveFeatures == 0);
    }

    [Fact]
    public async Task Generate_KvShareReached_BoundsTheNextPlan()
    {
        var bytes = await BytesOfOneAsync();
        await using var executor = await TestExecutor.StartAsync(new() { ["Intake:KvLimitBytes"] = $"{bytes * 2}" });
        var ladder = new OverloadLadder { Tiers = { new OverloadTier { KvShare = 0.4, Budget = new Budget { MeanKeep = 0.5 } } } };
        Assert.Empty(executor.Snapshots.Offer(LadderSnapshots.Of(1, ladder)));
        var go = new TaskCompletionSource();
        executor.Engine.Script = async (job, events, ends) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            await go.Task.WaitAsync(ends);
            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Eos));
        };

        var first = executor.AnswerAsync();
        await Bounded.UntilAsync(() => executor.Engine.Running == 1);
        var second = executor.AnswerAsync();
        await Bounded.UntilAsync(() => executor.Engine.Running == 2);
        go.SetResult();

        Assert.Equal((0, 1), ((await first)[^1].Done.OverloadTier, (await second)[^1].Done.OverloadTier));
    }

    [Fact]
    public void Map_AnswerWouldBeLate_IsResourceExhaustedWithPushBack()
    {
        var refusal = ExceptionMapper.Map(new RequestRefusedException(RefusalReason.Late, "late", TimeSpan.FromMilliseconds(2500)), default);

        Assert.Equal((StatusCode.ResourceExhausted, RequestOutcome.Rejected), (refusal.Status.StatusCode, refusal.Outcome));
        Assert.Equal("2500", refusal.Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    /// <summary>Gives the bytes that one request reserves: its prompt and its longest answer, everything kept.</summary>
    private static async Task<long> BytesOfOneAsync()
    {
        await using var executor = await TestExecutor.StartAsync();
        var kv = executor.Services.GetRequiredService<KvReservations>();
        var bytes = 0L;
        executor.Engine.Script = (job, events, _) =>
        {
            bytes = kv.UsedBytes;
            events.TryWrite(EngineDouble.Prefill(job));
            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Eos));
            return Task.CompletedTask;
        };
        var done = (await executor.AnswerAsync())[^1].Done;
        Assert.True(bytes > done.KvBytes);
        return bytes;
    }
}
