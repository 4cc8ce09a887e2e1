using Fovea.Contracts.Snapshots;
using Fovea.Contracts.Streams;
using Fovea.Contracts.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>One life of the feed: subscribes, applies what comes, answers each snapshot, and reports load.</summary>
internal sealed class FeedSession
{
    private readonly FeedDependencies _with;
    private readonly FeedService.FeedServiceClient _client;
    private readonly ExecutorIdentity _identity;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SnapshotId _refused = SnapshotId.None;
    private SnapshotId _misfit = SnapshotId.None;
    private bool _up;
    private bool _behind;

    /// <summary>Prepares one session with the scheduler that <paramref name="client"/> reaches.</summary>
    public FeedSession(FeedDependencies with, FeedService.FeedServiceClient client, ExecutorIdentity identity)
    {
        _with = with;
        _client = client;
        _identity = identity;
    }

    /// <summary>Ends when the scheduler has accepted the stream.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Ends with the scheduler's first message.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Runs until the stream ends; gives the wait that the scheduler asked for, or null.</summary>
    /// <exception cref="RpcException">The stream broke, or was silent for too long.</exception>
    public async Task<TimeSpan?> RunAsync(CancellationToken stop)
    {
        using var silence = new CancellationTokenSource(_with.Options.FeedSilence, _with.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop, silence.Token);
        using var call = _client.Watch(cancellationToken: ends.Token);
        var outbox = new StreamOutbox<WatchRequest>(call.RequestStream);
        outbox.TrySend(new WatchRequest { Subscribe = Subscription() });
        var sending = Task.WhenAll(outbox.PumpAsync(ends.Token), ReportLoadAsync(outbox, ends.Token));
        try
        {
            if (StreamAcceptance.IsIn(await call.ResponseHeadersAsync.ConfigureAwait(false)))
            {
                _opened.TrySetResult();
            }

            return await ReadAsync(call.ResponseStream, outbox, silence, ends.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when ((e is RpcException or OperationCanceledException) && silence.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.Unavailable, $"no message for {_with.Options.FeedSilence} (Planning:FeedSilence)"));
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan?> ReadAsync(
        IAsyncStreamReader<WatchResponse> responses,
        StreamOutbox<WatchRequest> outbox,
        CancellationTokenSource silence,
        CancellationToken ends)
    {
        while (await responses.MoveNext(ends).ConfigureAwait(false))
        {
            silence.CancelAfter(_with.Options.FeedSilence);
            _answered.TrySetResult();
            var response = responses.Current;
            switch (response.KindCase)
            {
                case WatchResponse.KindOneofCase.Update:
                    outbox.TrySend(Answer(response.Update));
                    Up();
                    break;
                case WatchResponse.KindOneofCase.InitialDone:
                    var done = response.InitialDone;
                    Compare(new SnapshotId(done.Epoch, done.Revision, done.Digest), outbox, isBeat: false);
                    break;
                case WatchResponse.KindOneofCase.Heartbeat:
                    var beat = response.Heartbeat;
                    Compare(new SnapshotId(beat.Epoch, beat.Revision, beat.Digest), outbox, isBeat: true);
                    break;
                case WatchResponse.KindOneofCase.Draining:
                    return TimeSpan.FromMilliseconds(Math.Max(0, response.Draining.RetryAfterMs));
            }
        }

        return null;
    }

    private WatchRequest Answer(SnapshotUpdate update)
    {
        var verdict = _with.Snapshots.Offer(update);
        var offered = verdict.Offered;
        if (verdict.IsInUse)
        {
            return new WatchRequest
            {
                Ack = new Ack { Nonce = update.Nonce, Epoch = offered.Epoch, Revision = offered.Revision, Digest = offered.Digest },
            };
        }

        (_refused, _misfit) = verdict.WantsWhole ? (SnapshotId.None, offered) : (offered, SnapshotId.None);
        var held = _with.Snapshots.Held;
        var nack = new Nack
        {
            Nonce = update.Nonce,
            Message = verdict.Message,
            Relist = verdict.WantsWhole,
            HeldEpoch = held.Epoch,
            HeldRevision = held.Revision,
            HeldDigest = held.Digest,
        };
        nack.Faults.AddRange(verdict.Faults);
        nack.Resources.AddRange(verdict.Resources);
        return new WatchRequest { Nack = nack };
    }

    /// <summary>Compares what is held with what the scheduler says it has sent.</summary>
    /// <remarks>What was refused for its faults is not asked for again; what did not fit is, with each heartbeat.</remarks>
    private void Compare(SnapshotId bookmark, StreamOutbox<WatchRequest> outbox, bool isBeat)
    {
        if (_with.Snapshots.Confirm(bookmark))
        {
            Up();
            return;
        }

        var held = _with.Snapshots.Held;
        if (bookmark.IsOlderThan(held))
        {
            Behind(bookmark, held);
        }
        else if (bookmark != _refused && (isBeat || bookmark != _misfit))
        {
            var message = $"{bookmark} was sent, says the scheduler, and {held} is held";
            PlanningLog.Relisted(_with.Logger, message);
            outbox.TrySend(new WatchRequest
            {
                Relist = new Relist { Message = message, HeldEpoch = held.Epoch, HeldRevision = held.Revision, HeldDigest = held.Digest },
            });
        }
    }

    /// <summary>Goes on with the newer snapshot that is held; the scheduler can confirm nothing until it has caught up.</summary>
    private void Behind(SnapshotId bookmark, SnapshotId held)
    {
        _with.Link.Disconnected(refused: false);
        _up = false;
        if (!_behind)
        {
            _behind = true;
            PlanningLog.SchedulerBehind(_with.Logger, bookmark.ToString(), held.ToString());
        }
    }

    private void Up()
    {
        _with.Link.Connected();
        _behind = false;
        if (!_up)
        {
            _up = true;
            PlanningLog.StreamUp(_with.Logger, "feed");
        }
    }

    private async Task ReportLoadAsync(StreamOutbox<WatchRequest> outbox, CancellationToken ends)
    {
        var beat = new LoadBeat(_with.Options, _with.Time);
        using var timer = new PeriodicTimer(beat.Interval, _with.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ends).ConfigureAwait(false))
            {
                var load = _with.Load();
                if (beat.IsDue(load))
                {
                    outbox.TrySend(new WatchRequest { Load = load });
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private Subscribe Subscription()
    {
        var held = _with.Snapshots.Held;
        return new Subscribe
        {
            ExecutorId = _identity.Id,
            Address = _identity.Address,
            Model = _identity.Model,
            HeldEpoch = held.Epoch,
            HeldRevision = held.Revision,
            HeldDigest = held.Digest,
            SessionStarted = Timestamp.FromDateTimeOffset(_with.Time.GetUtcNow()),
        };
    }
}
