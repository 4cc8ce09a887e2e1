using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Executor.Tests.Intake;

/// <summary>How requests end that do not run to their last token, and what they leave behind: nothing.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public async Task Generate_ModelLoading_IsUnavailable()
    {
        await using var executor = await TestExecutor.StartAsync(loaded: false);

        var error = await executor.RefusedAsync(Requests.Ask());

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Contains("loading", error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("1000", error.Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    [Fact]
    public async Task Generate_DeadlinePast_EndsBeforeAnyWork()
    {
        await using var executor = await TestExecutor.StartAsync();

        var error = await executor.RefusedAsync(Requests.Ask(), new CallOptions(deadline: DateTime.UtcNow.AddSeconds(-1)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.False(executor.Engine.Jobs.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Generate_DeadlineWhileDecoding_EndsTheJob()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Engine.Script = TalkForeverAsync;

        var error = await executor.RefusedAsync(Requests.Ask(), new CallOptions(deadline: DateTime.UtcNow.AddSeconds(2)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await IdleAsync(executor);
        Assert.Equal((0, 0L, 0), (executor.Engine.Running, executor.Engine.KvBytes, executor.Engine.LiveFeatures));
    }

    [Fact]
    public async Task Generate_CancelledWhileEncoding_EndsTheWork()
    {
        await using var executor = await TestExecutor.StartAsync();
        var encoding = new TaskCompletionSource();
        executor.Engine.BeforeEncoded = async ends =>
        {
            encoding.SetResult();
            await Task.Delay(Timeout.Infinite, ends);
        };
        using var call = executor.Client.Generate(Requests.Ask());
        await encoding.Task.InTimeAsync();

        call.Dispose();

        await IdleAsync(executor);
        Assert.False(executor.Engine.Jobs.Reader.TryRead(out _));
        Assert.Equal(0, executor.Engine.LiveFeatures);
    }

    [Fact]
    public async Task Generate_ClientGoneMidStream_FreesEverything()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Engine.Script = TalkForeverAsync;
        using var call = executor.Client.Generate(Requests.Ask());
        await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();
        await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        call.Dispose();

        await AssertNothingLeftAsync(executor);
    }

    [Fact]
    public async Task Generate_CancelledByToken_IsCancelled()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Engine.Script = TalkForeverAsync;
        using var stop = new CancellationTokenSource();
        using var call = executor.Client.Generate(Requests.Ask(), cancellationToken: stop.Token);
        await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();
        await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        await stop.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(call.ReadAsync);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await AssertNothingLeftAsync(executor);
    }

    [Fact]
    public async Task Generate_PlanRefused_DiscardsTheEncodedImages()
    {
        await using var executor = await TestExecutor.StartAsync();

        var error = await executor.RefusedAsync(Requests.Ask(request => request.Plan = new PlanOverride { Rates = new KeepRates { Rates = { 1, 0.5 } } }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("12", error.Status.Detail, StringComparison.Ordinal);
        await IdleAsync(executor);
        Assert.Equal(0, executor.Engine.LiveFeatures);
    }

    [Fact]
    public async Task Generate_EngineFails_IsInternalWithoutItsSecrets()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Engine.Script = (_, _, _) => throw new InvalidOperationException("secret path");

        var error = await executor.RefusedAsync(Requests.Ask());

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
        await AssertNothingLeftAsync(executor);
    }

    [Fact]
    public async Task Generate_EngineEndsWithoutAWord_IsInternal()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Engine.Script = (_, _, _) => Task.CompletedTask;

        Assert.Equal(StatusCode.Internal, (await executor.RefusedAsync(Requests.Ask())).StatusCode);
    }

    [Fact]
    public async Task Generate_EngineStopped_IsUnavailable()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Engine.BeforeEncoded = _ => throw new ObjectDisposedException("engine");

        Assert.Equal(StatusCode.Unavailable, (await executor.RefusedAsync(Requests.Ask())).StatusCode);
    }

    [Fact]
    public async Task Generate_MessageTooLarge_IsResourceExhausted()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Intake:MaxRequestBytes"] = "65536" });

        var error = await executor.RefusedAsync(Requests.Ask(request =>
            request.Messages[0].Parts[0].Image.Data = ByteString.CopyFrom(new byte[70_000])));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Generate_QueueFull_IsResourceExhaustedWithPushBack()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Intake:MaxRunning"] = "1", ["Intake:QueueLimit"] = "1" });
        executor.Engine.Script = TalkForeverAsync;
        using var first = executor.Client.Generate(Requests.Ask());
        await first.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();
        using var second = executor.Client.Generate(Requests.Ask());
        var queue = executor.Services.GetRequiredService<AdmissionQueue>();
        await Bounded.UntilAsync(() => queue.Waiting == 1);

        var error = await executor.RefusedAsync(Requests.Ask());

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Contains("Intake:QueueLimit", error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("1000", error.Trailers.GetValue("grpc-retry-pushback-ms"));

        // The one that waits is served when the first has gone.
        first.Dispose();
        Assert.True(await second.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
    }

    [Fact]
    public async Task Generate_SlowReader_HoldsBackOnlyItself()
    {
        await using var executor = await TestExecutor.StartAsync();
        var text = TestExecutor.Tokenizer.Encode("red fish blue bird", addSpecialTokens: false);
        const int rounds = 20_000;
        executor.Engine.Script = (job, events, _) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            for (var round = 0; round < (job.Sampling.Seed == 1 ? rounds : 1); round++)
            {
                foreach (var id in text)
                {
                    events.TryWrite(EngineDouble.Token(id));
                }
            }

            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Length));
            return Task.CompletedTask;
        };
        using var slow = executor.Client.Generate(Requests.Ask(request => request.Sampling.Seed = 1));
        await slow.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        var fast = await executor.AnswerAsync();

        Assert.Equal("red fish blue bird", fast[^1].Done.Text);
        var rest = await slow.ReadAsync();
        Assert.Equal(rounds * text.Length, rest[^1].Done.Usage.CompletionTokens);
        Assert.Equal(rounds * text.Length, rest[..^1].Sum(item => item.Delta.TokenIds.Count));
    }

    [Fact]
    public async Task Stop_RequestRunning_LetsItEndAndRefusesNewOnes()
    {
        await using var executor = await TestExecutor.StartAsync();
        var go = new TaskCompletionSource();
        executor.Engine.Script = async (job, events, ends) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            await go.Task.WaitAsync(ends);
            events.TryWrite(EngineDouble.Token(TestExecutor.Tokenizer.Encode("red", addSpecialTokens: false)[0]));
            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Eos));
        };
        using var running = executor.Client.Generate(Requests.Ask());
        await running.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        var stopping = executor.StopAsync();
        var error = await executor.RefusedAsync(Requests.Ask());
        go.SetResult();

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal("red", (await running.ReadAsync())[^1].Done.Text);
        await stopping.InTimeAsync();
    }

    [Fact]
    public async Task Stop_RequestLongerThanTheDrain_IsUnavailable()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Intake:DrainTime"] = "00:00:00.200" });
        executor.Engine.Script = TalkForeverAsync;
        using var running = executor.Client.Generate(Requests.Ask());
        await running.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        var stopping = executor.StopAsync();

        var error = await Assert.ThrowsAsync<RpcException>(running.ReadAsync);
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        await stopping.InTimeAsync();
        Assert.Equal((0, 0), (executor.Engine.Running, executor.Engine.LiveFeatures));
    }

    /// <summary>One token, and then nothing until it is told to end.</summary>
    private static async Task TalkForeverAsync(
        GenerationJob job, System.Threading.Channels.ChannelWriter<GenerationEvent> events, CancellationToken ends)
    {
        events.TryWrite(EngineDouble.Prefill(job));
        events.TryWrite(EngineDouble.Token(TestExecutor.Tokenizer.Encode("red", addSpecialTokens: false)[0]));
        await Task.Delay(Timeout.Infinite, ends);
    }

    private static async Task AssertNothingLeftAsync(TestExecutor executor)
    {
        await executor.Engine.Ended.Reader.ReadAsync().AsTask().InTimeAsync();
        await IdleAsync(executor);
        Assert.Equal((0, 0L, 0), (executor.Engine.Running, executor.Engine.KvBytes, executor.Engine.LiveFeatures));
    }

    private static Task IdleAsync(TestExecutor executor)
    {
        var queue = executor.Services.GetRequiredService<AdmissionQueue>();
        return Bounded.UntilAsync(() => queue is { Running: 0, Waiting: 0 });
    }
}
