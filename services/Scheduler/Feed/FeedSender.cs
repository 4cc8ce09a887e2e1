using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Feed;

/// <summary>Writes one executor's side of the feed: the snapshot it lacks, each newer one, heartbeats, and the request to move.</summary>
/// <remarks>Revisions on one stream only rise, none is sent twice, and the newest is always sent at last.</remarks>
internal sealed class FeedSender
{
    private readonly FeedContext _feed;
    private readonly ExecutorSession _session;
    private readonly IServerStreamWriter<WatchResponse> _responses;
    private readonly CancellationToken _draining;
    private readonly Debouncer _debouncer;

    /// <summary>Makes the sender of a session; <paramref name="draining"/> is cancelled when the scheduler goes down.</summary>
    public FeedSender(FeedContext feed, ExecutorSession session, IServerStreamWriter<WatchResponse> responses, CancellationToken draining)
    {
        _feed = feed;
        _session = session;
        _responses = responses;
        _draining = draining;
        _debouncer = new Debouncer(feed.Store, feed.Options, feed.Time);
    }

    /// <summary>Sends until cancelled, or until the scheduler drains and the executor was asked to move.</summary>
    /// <exception cref="RpcException">The executor does not take or not answer what it is sent.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _draining);
        try
        {
            await FollowAsync(wake.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (_draining.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var retryAfter = (long)_feed.Options.RetryAfter.TotalMilliseconds;
            await WriteAsync(new WatchResponse { Draining = new Draining { RetryAfterMs = retryAfter } }, cancellationToken);
        }
    }

    private async Task FollowAsync(CancellationToken wake, CancellationToken cancellationToken)
    {
        var sent = _feed.Store.Current;
        var held = _session.ToStatus();
        if ((held.AppliedEpoch, held.AppliedRevision) != (sent.Epoch, sent.Revision))
        {
            await PushAsync(sent, cancellationToken);
        }

        while (true)
        {
            var newer = await _feed.Store.WaitForChangeAsync(sent, _feed.Options.Heartbeat, _feed.Time, wake);
            if (newer is null)
            {
                var heartbeat = new Heartbeat { Epoch = sent.Epoch, Revision = sent.Revision };
                await WriteAsync(new WatchResponse { Heartbeat = heartbeat }, cancellationToken);
                continue;
            }

            var settled = await _debouncer.SettleAsync(newer, wake);
            if (settled.Revision != sent.Revision)
            {
                await PushAsync(settled, cancellationToken);
            }

            sent = settled;
        }
    }

    private async Task PushAsync(StoreState state, CancellationToken cancellationToken)
    {
        if (_session.Unanswered >= _feed.Options.MaxUnanswered)
        {
            throw Cut($"{_session.Unanswered} snapshots are unanswered (limit Feed:MaxUnanswered)");
        }

        var snapshot = _feed.States.Of(state).Message;
        var update = new SnapshotUpdate { Nonce = _session.Push(snapshot), Snapshot = snapshot };
        await WriteAsync(new WatchResponse { Update = update }, cancellationToken);
        _feed.Metrics.Pushed(PushResults.Sent);
    }

    private async Task WriteAsync(WatchResponse response, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_feed.Options.WriteTimeout, _feed.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _responses.WriteAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Cut($"a message was not taken within {_feed.Options.WriteTimeout} (Feed:WriteTimeout)");
        }
    }

    private RpcException Cut(string message)
    {
        _feed.Metrics.Rejected(RejectReasons.SlowConsumer);
        return new RpcException(new Status(StatusCode.ResourceExhausted, $"executor '{_session.ExecutorId}' is too slow: {message}"));
    }
}
