using System.Collections.Concurrent;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Functional.Tests;

/// <summary>What clients see when a loaded executor is told to stop, as an orchestrator tells a pod.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    // More than run at once, so that some wait for a place when the stop comes.
    private const int Callers = 12;
    private const int AnswersBeforeStop = 12;

    private readonly ConcurrentQueue<CallRecord> _records = new();
    private FoveaStack _stack = null!;

    public async Task InitializeAsync() => _stack = await FoveaStack.StartAsync();

    public async Task DisposeAsync() => await _stack.DisposeAsync();

    [Fact]
    public async Task Stop_UnderLoad_LosesNoAdmittedRequestAndRefusesTheRest()
    {
        var callers = Enumerable.Range(0, Callers).Select(_ => CallUntilRefusedAsync()).ToArray();
        await Waiting.UntilAsync(() => _records.Count(record => record.IsDone) >= AnswersBeforeStop, $"answers\n{_stack.Executor.Output}");

        var exit = await _stack.Executor.StopAsync();
        await Task.WhenAll(callers).WaitAsync(FoveaProcess.Limit);

        Assert.Equal(0, exit);
        Assert.DoesNotContain(_records, record => record.IsAdmitted && !record.IsDone);
        Assert.All(_records.Where(record => !record.IsDone), record => Assert.Equal(StatusCode.Unavailable, record.Code));
        Assert.Equal(Callers, _records.Count(record => !record.IsDone));
    }

    [Fact]
    public async Task Stop_RequestRunning_LeavesTheFleetOnlyAfterItsAnswer()
    {
        var request = FoveaStack.AskAny();
        request.Sampling = new Sampling { MaxTokens = 800, IgnoreEos = true };
        using var call = _stack.Begin(request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var stopping = _stack.Executor.StopAsync();
        await Waiting.UntilAsync(async () => await IsRefusedAsync(), $"the drain\n{_stack.Executor.Output}");
        var listed = await IsConnectedAsync();
        var rest = await FoveaStack.ReadAsync(call);

        Assert.True(listed);
        Assert.Equal(GenerateEvent.KindOneofCase.Done, rest[^1].KindCase);
        Assert.Equal(0, await stopping);
        await Waiting.UntilAsync(async () => !await IsConnectedAsync(), "the executor to leave the fleet");
    }

    private async Task CallUntilRefusedAsync()
    {
        CallRecord record;
        do
        {
            record = await CallAsync();
            _records.Enqueue(record);
        }
        while (record.IsDone);
    }

    private async Task<CallRecord> CallAsync()
    {
        var (admitted, done) = (false, false);
        try
        {
            using var call = _stack.Begin(FoveaStack.AskAny());
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                admitted |= call.ResponseStream.Current.KindCase == GenerateEvent.KindOneofCase.Admitted;
                done |= call.ResponseStream.Current.KindCase == GenerateEvent.KindOneofCase.Done;
            }

            return new CallRecord(admitted, done, StatusCode.OK);
        }
        catch (RpcException e)
        {
            return new CallRecord(admitted, done, e.StatusCode);
        }
    }

    private async Task<bool> IsRefusedAsync()
    {
        try
        {
            await _stack.Client.DescribeModelAsync(new DescribeModelRequest(), deadline: DateTime.UtcNow + FoveaProcess.Limit);
            return false;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            return true;
        }
    }

    private async Task<bool> IsConnectedAsync()
    {
        var fleet = await _stack.Fleet.ListExecutorsAsync(new ListExecutorsRequest(), deadline: DateTime.UtcNow + FoveaProcess.Limit);
        return fleet.Executors.Any(executor => executor.Connected);
    }

    private sealed record CallRecord(bool IsAdmitted, bool IsDone, StatusCode Code);
}
