using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>One life of the feed: subscribes, applies what comes, answers each snapshot, and reports load.</summary>
internal sealed class FeedSession
{
    private readonly FeedDependencies _with;
    private readonly ExecutorIdentity _identity;
    private readonly ReconnectLoop _loop;
    private bool _up;

    /// <summary>Prepares one session for <paramref name="loop"/>.</summary>
    public FeedSession(FeedDependencies with, ExecutorIdentity identity, ReconnectLoop loop)
    {
        _with = with;
        _identity = identity;
        _loop = loop;
    }

    /// <summary>Runs until the stream ends; gives the wait that the scheduler asked for, or null.</summary>
    /// <exception cref="RpcException">The stream broke, or was silent for too long.</exception>
    public async Task<TimeSpan?> RunAsync(CancellationToken stop)
    {
        using var silence = new CancellationTokenSource(_with.Options.FeedSilence, _with.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop, silence.Token);
        using var call = _with.Client.Watch(cancellationToken: ends.Token);
        var outbox = new StreamOutbox<WatchRequest>(call.RequestStream);
        outbox.TrySend(new WatchRequest { Subscribe = Subscription() });
        var sending = Task.WhenAll(outbox.PumpAsync(ends.Token), ReportLoadAsync(outbox, ends.Token));
        try
        {
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
            var response = responses.Current;
            switch (response.KindCase)
            {
                case WatchResponse.KindOneofCase.Update:
                    outbox.TrySend(Answer(response.Update));
                    Up();
                    break;
                case WatchResponse.KindOneofCase.Heartbeat:
                    if (_with.Snapshots.Confirm(response.Heartbeat.Epoch, response.Heartbeat.Revision))
                    {
                        Up();
                    }

                    break;
                case WatchResponse.KindOneofCase.Draining:
                    return TimeSpan.FromMilliseconds(Math.Max(0, response.Draining.RetryAfterMs));
            }
        }

        return null;
    }

    private WatchRequest Answer(SnapshotUpdate update)
    {
        var faults = _with.Snapshots.Offer(update.Snapshot);
        if (faults.IsEmpty)
        {
            return new WatchRequest
            {
                Ack = new Ack { Nonce = update.Nonce, Epoch = update.Snapshot.Epoch, Revision = update.Snapshot.Revision },
            };
        }

        var message = string.Join("; ", faults.Select(fault => $"{fault.Field}: {fault.Message}"));
        var nack = new Nack { Nonce = update.Nonce, Message = message };
        nack.Faults.AddRange(faults);
        return new WatchRequest { Nack = nack };
    }

    private void Up()
    {
        _loop.Answered();
        _with.Link.Connected();
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
        var held = _with.Snapshots.Current;
        return new Subscribe
        {
            ExecutorId = _identity.Id,
            Address = _identity.Address,
            Model = _identity.Model,
            HeldEpoch = held?.Epoch ?? string.Empty,
            HeldRevision = held?.Revision ?? 0,
        };
    }
}
