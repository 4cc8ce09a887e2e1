using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Plans;

public sealed class PlanStreamTests : IDisposable
{
    private readonly Parts _parts = new();
    private readonly QueueReader<PlanStreamRequest> _requests = new();
    private readonly CancellationTokenSource _draining = new();

    public void Dispose()
    {
        _parts.Dispose();
        _draining.Dispose();
    }

    [Fact]
    public async Task RunAsync_DeadlinePassesWhileQueued_IsAnsweredByDeadlineExceeded()
    {
        await _parts.PutAsync(1);
        var writer = new GatedWriter<PlanStreamResponse>(isOpen: false);
        var options = new PlansOptions { OutboundCapacity = 2 };
        var running = Run(writer, options);
        Add("writing", 50);
        await writer.WaitForWriteAsync();
        foreach (var id in new[] { "late-1", "late-2", "waiting" })
        {
            Add(id, 50);
        }

        // The fourth waits for room, so the others are decided: their clocks run.
        await _parts.Time.WaitForTimerAsync(options.SlowConsumerTimeout);
        _parts.Time.Advance(TimeSpan.FromMilliseconds(51));
        Assert.NotNull((await writer.TakeAsync()).Plan);
        Assert.Equal((int)StatusCode.DeadlineExceeded, (await writer.TakeAsync()).Error.Code);
        Assert.Equal((int)StatusCode.DeadlineExceeded, (await writer.TakeAsync()).Error.Code);
        Assert.Equal((int)StatusCode.DeadlineExceeded, (await writer.TakeAsync()).Error.Code);
        _requests.Complete();
        await running.WaitAsync(Limits.Step);
    }

    [Fact]
    public async Task RunAsync_ClientDoesNotRead_IsCutOff()
    {
        var options = new PlansOptions { OutboundCapacity = 2 };
        var writer = new GatedWriter<PlanStreamResponse>(isOpen: false);
        var running = Run(writer, options);
        Add("writing", 0);
        await writer.WaitForWriteAsync();
        for (var request = 0; request < 10; request++)
        {
            Add($"r{request}", 0);
        }

        await _parts.Time.WaitForTimerAsync(options.SlowConsumerTimeout);
        _parts.Time.Advance(options.SlowConsumerTimeout);

        var exception = await Assert.ThrowsAsync<RpcException>(() => running.WaitAsync(Limits.Step));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        Assert.Contains("Plans:SlowConsumerTimeout", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Draining_AsksToMoveAnswersForAWhileAndEndsWell()
    {
        var options = new PlansOptions { RetryAfter = TimeSpan.FromMilliseconds(250) };
        var writer = new GatedWriter<PlanStreamResponse>(isOpen: true);
        var running = Run(writer, options);

        await _draining.CancelAsync();
        Assert.Equal(250, (await writer.TakeAsync()).Draining.RetryAfterMs);
        Add("after", 0);
        Assert.Equal("after", (await writer.TakeAsync()).Plan.RequestId);
        await _parts.Time.WaitForTimerAsync(options.DrainGrace);
        _parts.Time.Advance(options.DrainGrace);

        await running.WaitAsync(Limits.Step);
    }

    private Task Run(GatedWriter<PlanStreamResponse> writer, PlansOptions options)
    {
        var model = ModelProfileMapping.ToDomain(TestModels.LlavaProfile()).Require();
        var stream = new PlanStream(_parts.Plans(options), "e1", model, NullLogger.Instance);
        return Task.Run(() => stream.RunAsync(_requests, writer, _draining.Token, CancellationToken.None));
    }

    private void Add(string id, long deadlineMs)
    {
        var descriptor = PlanClient.Descriptor(id);
        descriptor.DeadlineMs = deadlineMs;
        _requests.Add(new PlanStreamRequest { Descriptor_ = descriptor });
    }
}
