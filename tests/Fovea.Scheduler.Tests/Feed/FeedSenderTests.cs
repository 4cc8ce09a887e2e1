using Fovea.Contracts.V1;
using Fovea.Scheduler.Feed;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Feed;

public sealed class FeedSenderTests : IDisposable
{
    private readonly Parts _parts = new();
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _draining = new();

    public void Dispose()
    {
        _end.Cancel();
        _parts.Dispose();
        _end.Dispose();
        _draining.Dispose();
    }

    [Fact]
    public async Task RunAsync_NothingChanges_SendsAHeartbeatEachPeriod()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions();
        var writer = new GatedWriter<WatchResponse>(isOpen: true);
        _ = Run(writer, options);
        Assert.Equal(1, (await writer.TakeAsync()).Update.Snapshot.Revision);

        for (var beat = 0; beat < 3; beat++)
        {
            await _parts.Time.WaitForTimerAsync(options.Heartbeat);
            _parts.Time.Advance(options.Heartbeat);
            Assert.Equal(1, (await writer.TakeAsync()).Heartbeat.Revision);
        }
    }

    [Fact]
    public async Task RunAsync_Burst_IsPushedOnceAsItsLast()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions();
        var writer = new GatedWriter<WatchResponse>(isOpen: true);
        _ = Run(writer, options);
        await writer.TakeAsync();
        await _parts.Time.WaitForTimerAsync(options.Heartbeat);

        var arms = _parts.Time.Arms;
        await _parts.PutAsync(2);
        await _parts.Time.WaitForArmsAsync(arms + 1);
        await _parts.PutAsync(3);
        await _parts.Time.WaitForArmsAsync(arms + 2);
        _parts.Time.Advance(options.DebounceQuiet);

        Assert.Equal(3, (await writer.TakeAsync()).Update.Snapshot.Revision);
    }

    [Fact]
    public async Task RunAsync_OnlyAModelBecameKnown_NothingIsPushed()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions { DebounceQuiet = TimeSpan.Zero };
        var writer = new GatedWriter<WatchResponse>(isOpen: true);
        _ = Run(writer, options);
        await writer.TakeAsync();
        await _parts.Time.WaitForTimerAsync(options.Heartbeat);
        var arms = _parts.Time.Arms;

        await Scheduler.Store.StoreTransaction.UpdateAsync(
            _parts.Store, _ => new Scheduler.Store.StoreChange.PutModel(TestModels.LlavaProfile()), CancellationToken.None);
        await _parts.Time.WaitForArmsAsync(arms + 1);
        _parts.Time.Advance(options.Heartbeat);

        Assert.NotNull((await writer.TakeAsync()).Heartbeat);
    }

    [Fact]
    public async Task RunAsync_MessageNotTaken_IsCutOff()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions();
        var running = Run(new GatedWriter<WatchResponse>(isOpen: false), options);

        await _parts.Time.WaitForTimerAsync(options.WriteTimeout);
        _parts.Time.Advance(options.WriteTimeout);

        var exception = await Assert.ThrowsAsync<RpcException>(() => running.WaitAsync(Limits.Step));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        Assert.Contains("Feed:WriteTimeout", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NothingAnswered_IsCutOff()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions { DebounceQuiet = TimeSpan.Zero, MaxUnanswered = 3 };
        var writer = new GatedWriter<WatchResponse>(isOpen: true);
        var running = Run(writer, options);
        for (var push = 1; push <= 3; push++)
        {
            Assert.Equal(push, (await writer.TakeAsync()).Update.Snapshot.Revision);
            await _parts.PutAsync(push + 1);
        }

        var exception = await Assert.ThrowsAsync<RpcException>(() => running.WaitAsync(Limits.Step));
        Assert.Contains("Feed:MaxUnanswered", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Draining_AsksToMoveAndEnds()
    {
        await _parts.PutAsync(1);
        var writer = new GatedWriter<WatchResponse>(isOpen: true);
        var running = Run(writer, new FeedOptions { RetryAfter = TimeSpan.FromSeconds(3) });
        await writer.TakeAsync();

        await _draining.CancelAsync();

        Assert.Equal(3000, (await writer.TakeAsync()).Draining.RetryAfterMs);
        await running.WaitAsync(Limits.Step);
    }

    private Task Run(GatedWriter<WatchResponse> writer, FeedOptions options)
    {
        var session = new ExecutorSession(FeedClient.Subscription("e1"), _parts.Time);
        return new FeedSender(_parts.Feed(options), session, writer, _draining.Token).RunAsync(_end.Token);
    }
}
