using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Streams;
using Grpc.Core;

namespace Fovea.Scheduler.Feed;

/// <summary>Serves one executor's feed stream after it has subscribed.</summary>
internal sealed class FeedStream
{
    private readonly FeedContext _feed;
    private readonly ExecutorSession _session;
    private readonly FeedSender _sender;
    private readonly ILogger _logger;

    /// <summary>Makes the stream of a session.</summary>
    public FeedStream(FeedContext feed, ExecutorSession session, FeedSender sender, ILogger logger)
    {
        _feed = feed;
        _session = session;
        _sender = sender;
        _logger = logger;
    }

    /// <summary>
    /// Pushes snapshots and records answers until the executor ends its side, the call is cancelled, the scheduler
    /// drains (all of which end the stream well), or a newer stream of the executor takes over (ABORTED).
    /// </summary>
    public async Task RunAsync(IAsyncStreamReader<WatchRequest> requests, CancellationToken call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call);
        var receiving = ReceiveAsync(requests, end.Token);
        var sending = _sender.RunAsync(end.Token);
        var first = await Task.WhenAny(receiving, sending, _session.Replaced);
        await end.CancelAsync();
        Unawaited.Observe(receiving);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first == _session.Replaced)
        {
            _feed.Metrics.Rejected(RejectReasons.Replaced);
            throw new RpcException(new Status(StatusCode.Aborted, $"a newer stream of executor '{_session.ExecutorId}' took the place of this one"));
        }

        await first;
    }

    private async Task ReceiveAsync(IAsyncStreamReader<WatchRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            Receive(requests.Current);
        }
    }

    private void Receive(WatchRequest request)
    {
        switch (request.KindCase)
        {
            case WatchRequest.KindOneofCase.Ack:
                Receive(request.Ack);
                break;
            case WatchRequest.KindOneofCase.Nack:
                Receive(request.Nack);
                break;
            case WatchRequest.KindOneofCase.Relist:
                Receive(request.Relist);
                break;
            case WatchRequest.KindOneofCase.Load:
                _session.Report(request.Load);
                break;
            default:
                throw Reject($"after subscribe only ack, nack, relist and load may come, not {request.KindCase}");
        }
    }

    private void Receive(Ack ack)
    {
        if (!_session.Acknowledge(ack))
        {
            throw Reject($"ack of nonce '{ack.Nonce}' with revision {ack.Revision} of epoch '{ack.Epoch}': no such snapshot is unanswered on this stream");
        }

        _feed.Metrics.Pushed(PushResults.Acked);
        _feed.Convergence.Acknowledged(_session);
        FeedLog.Acked(_logger, _session.ExecutorId, ack.Revision);
    }

    private void Receive(Nack nack)
    {
        var refused = _session.Refuse(nack) ?? throw Reject($"nack of nonce '{nack.Nonce}': no such snapshot is unanswered on this stream");
        _feed.Metrics.Pushed(PushResults.Nacked);
        _feed.Metrics.Rejected(RejectReasons.Nack);
        if (nack.Relist)
        {
            FeedLog.Relisted(_logger, _session.ExecutorId, _session.Held.ToString(), nack.Message);
            return;
        }

        _feed.Convergence.Refused(_session);
        FeedLog.Nacked(_logger, _session.ExecutorId, refused.Revision, nack.Message, string.Join("; ", nack.Faults.Select(fault => $"{fault.Field}: {fault.Message}")));
    }

    private void Receive(Relist relist)
    {
        _session.Relist(relist);
        FeedLog.Relisted(_logger, _session.ExecutorId, _session.Held.ToString(), relist.Message);
    }

    private RpcException Reject(string message)
    {
        _feed.Metrics.Rejected(RejectReasons.Protocol);
        return new RpcException(new Status(StatusCode.InvalidArgument, message));
    }
}
