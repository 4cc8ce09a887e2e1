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
            var subscribe = new Subscribe { ExecutorId = Name, Address = "http://127.0.0.1:1", Model = _model, HeldEpoch = held.Epoch, HeldRevision = held.Revision };
            await call.RequestStream.WriteAsync(new WatchRequest { Subscribe = subscribe }, stop);
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
                var snapshot = response.Update.Snapshot;
                _recorder.Add(new HistoryEvent.FeedUpdate(stream, snapshot));
                await call.RequestStream.WriteAsync(Answer(response.Update), stop);
                return true;
            case WatchResponse.KindOneofCase.Heartbeat:
                _recorder.Add(new HistoryEvent.FeedBookmark(stream, response.Heartbeat.Epoch, response.Heartbeat.Revision));
                return true;
            default:
                return response.KindCase != WatchResponse.KindOneofCase.Draining;
        }
    }

    private WatchRequest Answer(SnapshotUpdate update)
    {
        var at = new Position(update.Snapshot.Epoch, update.Snapshot.Revision);
        if (at < Held)
        {
            return new WatchRequest { Nack = new Nack { Nonce = update.Nonce, Message = $"{at} is older than {Held}" } };
        }

        _held = update.Snapshot;
        return new WatchRequest { Ack = new Ack { Nonce = update.Nonce, Epoch = at.Epoch, Revision = at.Revision } };
    }
}
