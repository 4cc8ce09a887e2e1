using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Snapshots;
using Grpc.Core;

namespace Fovea.Scheduler.Feed;

/// <summary>Writes one executor's side of the feed: the snapshot it lacks, each newer one, heartbeats, and the request to move.</summary>
/// <remarks>
/// Revisions on one stream only rise, none is sent twice unless the executor asks for the whole, and the newest is always sent at last.
/// Each update is made against what the executor really holds, so the next one waits for the answer to the one before.
/// </remarks>
internal sealed class FeedSender
{
    private readonly FeedContext _feed;
    private readonly ExecutorSession _session;
    private readonly IServerStreamWriter<WatchResponse> _responses;
    private readonly CancellationToken _draining;
    private readonly Debouncer _debouncer;
    private PastSnapshot? _sent;

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
        var state = _feed.Store.Current;
        var change = _feed.Store.WaitForChangeAsync(state, wake);
        var isFirst = true;
        while (true)
        {
            var answered = _session.Answered;
            await PushAsync(_feed.History.Of(state), cancellationToken);
            if (isFirst)
            {
                await WriteAsync(InitialDone(_sent!), cancellationToken);
                isFirst = false;
            }

            var isBeat = await WaitAsync(change, answered, wake);
            RequireAnswer();
            if (change.IsCompleted)
            {
                state = await _debouncer.SettleAsync(await change, wake);
                change = _feed.Store.WaitForChangeAsync(state, wake);
            }
            else if (isBeat)
            {
                await WriteAsync(Heartbeat(_sent!), cancellationToken);
            }
        }
    }

    /// <summary>Waits for something to do; true when nothing came for as long as a heartbeat.</summary>
    private async Task<bool> WaitAsync(Task change, Task answered, CancellationToken wake)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(wake);
        var left = _session.Waiting is { } waiting ? _feed.Options.AnswerTimeout - waiting : Timeout.InfiniteTimeSpan;
        var isBeat = left == Timeout.InfiniteTimeSpan || left > _feed.Options.Heartbeat;
        var delay = isBeat ? _feed.Options.Heartbeat : left > TimeSpan.Zero ? left : TimeSpan.Zero;
        var timer = Task.Delay(delay, _feed.Time, end.Token);
        var first = await Task.WhenAny(change, answered, timer);
        await end.CancelAsync();
        wake.ThrowIfCancellationRequested();
        return isBeat && first == timer;
    }

    private async Task PushAsync(PastSnapshot target, CancellationToken cancellationToken)
    {
        var need = _session.NeedOf(target.Id);
        if (need == FeedNeed.Nothing)
        {
            // While an answer is awaited, a bookmark names what was sent last, not what is to be sent next.
            _sent = _session.Waiting is null ? target : _sent;
            return;
        }

        var update = _feed.History.Update(_session.Held, target, need == FeedNeed.Whole);
        var isWhole = update.ContentCase == SnapshotUpdate.ContentOneofCase.Snapshot;
        update.Nonce = _session.Push(target.Id, isWhole);
        _sent = target;
        await WriteAsync(new WatchResponse { Update = update }, cancellationToken);
        _feed.Metrics.Pushed(PushResults.Sent);
        _feed.Metrics.Updated(isWhole ? UpdateKinds.Whole : UpdateKinds.Delta);
    }

    private void RequireAnswer()
    {
        if (_session.Waiting >= _feed.Options.AnswerTimeout)
        {
            throw Cut($"a snapshot was not answered within {_feed.Options.AnswerTimeout} (Feed:AnswerTimeout)");
        }
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

    private static WatchResponse InitialDone(PastSnapshot state) =>
        new() { InitialDone = new InitialDone { Epoch = state.Id.Epoch, Revision = state.Id.Revision, Digest = state.Id.Digest } };

    private static WatchResponse Heartbeat(PastSnapshot state) =>
        new() { Heartbeat = new Heartbeat { Epoch = state.Id.Epoch, Revision = state.Id.Revision, Digest = state.Id.Digest } };

    private RpcException Cut(string message)
    {
        _feed.Metrics.Rejected(RejectReasons.SlowConsumer);
        return new RpcException(new Status(StatusCode.ResourceExhausted, $"executor '{_session.ExecutorId}' is too slow: {message}"));
    }
}
