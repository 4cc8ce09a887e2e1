using Fovea.Contracts.Snapshots;
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
    private readonly GatedWriter<WatchResponse> _writer = new(isOpen: true);
    private readonly ExecutorSession _session;

    public FeedSenderTests() => _session = new ExecutorSession(FeedClient.Subscription("e1"), _parts.Time);

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
        _ = Run(_writer, options);
        var id = await SynchroniseAsync();

        for (var beat = 0; beat < 3; beat++)
        {
            await _parts.Time.WaitForTimerAsync(options.Heartbeat);
            _parts.Time.Advance(options.Heartbeat);
            var heartbeat = (await _writer.TakeAsync()).Heartbeat;
            Assert.Equal(id, new SnapshotId(heartbeat.Epoch, heartbeat.Revision, heartbeat.Digest));
        }
    }

    [Fact]
    public async Task RunAsync_Burst_IsPushedOnceAsItsLast()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions();
        _ = Run(_writer, options);
        await SynchroniseAsync();

        var arms = _parts.Time.Arms;
        await _parts.PutAsync(2);
        await _parts.Time.WaitForArmsAsync(arms + 1);
        await _parts.PutAsync(3);
        await _parts.Time.WaitForArmsAsync(arms + 2);
        _parts.Time.Advance(options.DebounceQuiet);

        Assert.Equal(3, TargetOf((await _writer.TakeAsync()).Update).Revision);
    }

    [Fact]
    public async Task RunAsync_OnlyAModelBecameKnown_NothingIsPushed()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions { DebounceQuiet = TimeSpan.Zero };
        _ = Run(_writer, options);
        await SynchroniseAsync();
        var arms = _parts.Time.Arms;

        await Scheduler.Store.StoreTransaction.UpdateAsync(
            _parts.Store, _ => new Scheduler.Store.StoreChange.PutModel(TestModels.LlavaProfile()), CancellationToken.None);
        await _parts.Time.WaitForArmsAsync(arms + 1);
        _parts.Time.Advance(options.Heartbeat);

        Assert.NotNull((await _writer.TakeAsync()).Heartbeat);
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
    public async Task RunAsync_NotAnswered_SendsNothingNewerAndIsCutOff()
    {
        await _parts.PutAsync(1);
        var options = new FeedOptions { DebounceQuiet = TimeSpan.Zero, AnswerTimeout = TimeSpan.FromSeconds(15) };
        var running = Run(_writer, options);
        Assert.Equal(1, TargetOf((await _writer.TakeAsync()).Update).Revision);
        Assert.Equal(1, (await _writer.TakeAsync()).InitialDone.Revision);
        await WaitsAsync();
        await AfterAsync(() => _parts.PutAsync(2));

        _parts.Time.Advance(options.Heartbeat);
        Assert.Equal(1, (await _writer.TakeAsync()).Heartbeat.Revision);
        await _parts.Time.WaitForTimerAsync(options.AnswerTimeout - options.Heartbeat);
        _parts.Time.Advance(options.AnswerTimeout - options.Heartbeat);

        var exception = await Assert.ThrowsAsync<RpcException>(() => running.WaitAsync(Limits.Step));
        Assert.Contains("Feed:AnswerTimeout", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ChangedWhileUnanswered_SendsTheNewestAgainstWhatWasAcknowledged()
    {
        await PadAsync();
        await _parts.PutAsync(1);
        _ = Run(_writer, new FeedOptions { DebounceQuiet = TimeSpan.Zero });
        var first = (await _writer.TakeAsync()).Update;
        await _writer.TakeAsync();
        await WaitsAsync();
        await AfterAsync(() => _parts.PutAsync(2));
        await AfterAsync(() => _parts.PutAsync(3));

        Acknowledge(first);
        var second = (await _writer.TakeAsync()).Update;

        Assert.Equal(4, TargetOf(second).Revision);
        Assert.Equal((2L, first.Digest), (second.Delta.FromRevision, second.Delta.FromDigest));
    }

    [Fact]
    public async Task RunAsync_Refused_NextIsMadeAgainstWhatStaysInUse()
    {
        await PadAsync();
        await _parts.PutAsync(1);
        _ = Run(_writer, new FeedOptions { DebounceQuiet = TimeSpan.Zero });
        var held = await SynchroniseAsync();
        await _parts.PutAsync(2);
        var refused = (await _writer.TakeAsync()).Update;
        await WaitsAsync();

        await AfterAsync(() => _session.Refuse(
            new Nack { Nonce = refused.Nonce, Message = "no", HeldEpoch = held.Epoch, HeldRevision = 2, HeldDigest = held.Digest }));
        await _parts.PutAsync(3);
        var next = (await _writer.TakeAsync()).Update;

        Assert.Equal(4, TargetOf(next).Revision);
        Assert.Equal((2L, held.Digest), (next.Delta.FromRevision, next.Delta.FromDigest));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_WholeWanted_IsSentWhole(bool byNack)
    {
        await PadAsync();
        await _parts.PutAsync(1);
        _ = Run(_writer, new FeedOptions { DebounceQuiet = TimeSpan.Zero });
        var held = await SynchroniseAsync();
        if (byNack)
        {
            await _parts.PutAsync(2);
            var delta = (await _writer.TakeAsync()).Update;
            _session.Refuse(new Nack { Nonce = delta.Nonce, Relist = true, HeldEpoch = held.Epoch, HeldRevision = 2, HeldDigest = "x" });
        }
        else
        {
            _session.Relist(new Relist { HeldEpoch = held.Epoch, HeldRevision = 2, HeldDigest = "x" });
        }

        var whole = (await _writer.TakeAsync()).Update;

        Assert.Equal(SnapshotDigest.Of(whole.Snapshot), whole.Digest);
        Assert.Equal(byNack ? 3 : 2, whole.Snapshot.Revision);
    }

    [Fact]
    public async Task RunAsync_Draining_AsksToMoveAndEnds()
    {
        await _parts.PutAsync(1);
        var running = Run(_writer, new FeedOptions { RetryAfter = TimeSpan.FromSeconds(3) });
        await SynchroniseAsync();

        await _draining.CancelAsync();

        Assert.Equal(3000, (await _writer.TakeAsync()).Draining.RetryAfterMs);
        await running.WaitAsync(Limits.Step);
    }

    private static SnapshotId TargetOf(SnapshotUpdate update)
    {
        var content = update.Delta?.Changes ?? update.Snapshot;
        return new SnapshotId(content.Epoch, content.Revision, update.Digest);
    }

    private async Task<SnapshotId> SynchroniseAsync()
    {
        var update = (await _writer.TakeAsync()).Update;
        Assert.Equal(update.Digest, (await _writer.TakeAsync()).InitialDone.Digest);
        await WaitsAsync();
        await AfterAsync(() => Acknowledge(update));
        return TargetOf(update);
    }

    /// <summary>Completes once the sender waits for something to happen.</summary>
    private Task WaitsAsync() => _parts.Time.WaitForTimerAsync(new FeedOptions().Heartbeat);

    /// <summary>Does something that the sender sees, and completes once it waits again.</summary>
    private async Task AfterAsync(Func<Task> action)
    {
        var arms = _parts.Time.Arms;
        await action();
        await _parts.Time.WaitForArmsAsync(arms + 1);
    }

    private Task AfterAsync(Action action) => AfterAsync(() =>
    {
        action();
        return Task.CompletedTask;
    });

    private void Acknowledge(SnapshotUpdate update)
    {
        var target = TargetOf(update);
        Assert.True(_session.Acknowledge(new Ack { Nonce = update.Nonce, Epoch = target.Epoch, Revision = target.Revision, Digest = target.Digest }));
    }

    private Task PadAsync() => Stores.PutAsync(_parts.Store, TestPolicies.Large("large"));

    private Task Run(GatedWriter<WatchResponse> writer, FeedOptions options) =>
        new FeedSender(_parts.Feed(options), _session, writer, _draining.Token).RunAsync(_end.Token);
}
