using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Stacks;
using Grpc.Core;

namespace Fovea.Faults.Load;

/// <summary>Watches the feed as an executor does, records every message, and goes on from what it holds when a stream ends.</summary>
internal sealed class FeedObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Recorder _recorder;
    private readonly IReadOnlyList<SchedulerNode> _schedulers;
    private readonly ModelProfile _model;
    private readonly int _first;
    private volatile Snapshot? _held;

    /// <summary>Makes an observer that begins at the scheduler with this index and takes the next one at every end of a stream.</summary>
    public FeedObserver(Recorder recorder, string name, IReadOnlyList<SchedulerNode> schedulers, int first, ModelProfile model)
    {
        _recorder = recorder;
        Name = name;
        _schedulers = schedulers;
        _first = first;
        _model = model;
    }

    /// <summary>Gets the name, under which schedulers list it.</summary>
    public string Name { get; }

    /// <summary>Gets what it holds.</summary>
    public Position Held => _held is { } held ? new Position(held.Epoch, held.Revision) : new Position(string.Empty, 0);

    /// <summary>Gets the digest of what it holds; empty for nothing.</summary>
    public string Digest => _held is { } held ? SnapshotDigest.Of(held) : string.Empty;

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var scheduler = _schedulers[(_first + number) % _schedulers.Count];
            if (scheduler.IsRunning)
            {
                await WatchAsync(scheduler, FormattableString.Invariant($"{Name}/{number}"), stop);
            }

            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(SchedulerNode scheduler, string stream, CancellationToken stop)
    {
        var held = Held;
        _recorder.Add(new HistoryEvent.FeedOpened(stream, Name, scheduler.Name, held.Epoch, held.Revision));
        try
        {
            using var call = scheduler.Feed.Watch(cancellationToken: stop);
            await call.RequestStream.WriteAsync(new WatchRequest { Subscribe = Subscription() }, stop);
            while (await call.ResponseStream.MoveNext(stop) && await TakeAsync(call, stream, stop))
            {
            }

            _recorder.Add(new HistoryEvent.FeedClosed(stream, StatusCode.OK, string.Empty));
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException or InvalidOperationException)
        {
            var status = exception is RpcException rpc ? rpc.Status : new Status(StatusCode.Cancelled, exception.Message);
            _recorder.Add(new HistoryEvent.FeedClosed(stream, status.StatusCode, status.Detail));
        }
    }

    private async Task<bool> TakeAsync(AsyncDuplexStreamingCall<WatchRequest, WatchResponse> call, string stream, CancellationToken stop)
    {
        var response = call.ResponseStream.Current;
        switch (response.KindCase)
        {
            case WatchResponse.KindOneofCase.Update:
                await call.RequestStream.WriteAsync(Answer(response.Update, stream), stop);
                return true;
            case WatchResponse.KindOneofCase.Heartbeat:
                _recorder.Add(new HistoryEvent.FeedBookmark(stream, response.Heartbeat.Epoch, response.Heartbeat.Revision));
                return true;
            case WatchResponse.KindOneofCase.InitialDone:
                _recorder.Add(new HistoryEvent.FeedBookmark(stream, response.InitialDone.Epoch, response.InitialDone.Revision));
                return true;
            default:
                return response.KindCase != WatchResponse.KindOneofCase.Draining;
        }
    }

    private WatchRequest Answer(SnapshotUpdate update, string stream)
    {
        var snapshot = update.Snapshot ?? SnapshotDeltas.Apply(_held ?? new Snapshot(), update.Delta);
        _recorder.Add(new HistoryEvent.FeedUpdate(stream, snapshot, update.Digest));
        var at = new Position(snapshot.Epoch, snapshot.Revision);
        if (at < Held)
        {
            return new WatchRequest { Nack = new Nack { Nonce = update.Nonce, Message = $"{at} is older than {Held}" } };
        }

        _held = snapshot;
        return new WatchRequest { Ack = new Ack { Nonce = update.Nonce, Epoch = at.Epoch, Revision = at.Revision, Digest = Digest } };
    }

    private Subscribe Subscription() => new()
    {
        ExecutorId = Name,
        Address = "http://127.0.0.1:1",
        Model = _model,
        HeldEpoch = Held.Epoch,
        HeldRevision = Held.Revision,
        HeldDigest = Digest,
    };
}
