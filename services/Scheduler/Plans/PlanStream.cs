using System.Threading.Channels;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Streams;
using Grpc.Core;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Plans;

/// <summary>Serves one plan stream after its hello: each descriptor read is answered once, by a plan or an error.</summary>
/// <remarks>Descriptors are decided one after the other as they are read; answers wait in a bounded queue to be written.</remarks>
internal sealed class PlanStream
{
    private readonly PlanContext _plans;
    private readonly string _executor;
    private readonly DomainProfile _model;
    private readonly Channel<PendingAnswer> _outbound;
    private readonly ILogger _logger;
    private long _answers;
    private volatile bool _isCut;

    /// <summary>Makes the stream of an executor.</summary>
    public PlanStream(PlanContext plans, string executor, DomainProfile model, ILogger logger)
    {
        _plans = plans;
        _executor = executor;
        _model = model;
        _logger = logger;
        _outbound = Channel.CreateBounded<PendingAnswer>(new BoundedChannelOptions(plans.Options.OutboundCapacity) { SingleReader = true });
    }

    /// <summary>Gets how many answers were written.</summary>
    public long Answers => _answers;

    /// <summary>
    /// Answers until the client ends its side or the scheduler has drained, and writes what was decided by then.
    /// A client that does not read is cut off with RESOURCE_EXHAUSTED.
    /// </summary>
    public async Task RunAsync(
        IAsyncStreamReader<PlanStreamRequest> requests,
        IServerStreamWriter<PlanStreamResponse> responses,
        CancellationToken draining,
        CancellationToken call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call);
        var reading = ReadAsync(requests, end.Token);
        var writing = WriteAsync(responses, end.Token);
        var moving = MoveAsync(draining, end.Token);
        var first = await Task.WhenAny(reading, writing, moving);
        _outbound.Writer.TryComplete();
        if (!_isCut)
        {
            // What was decided still reaches the client, and with it the status that ends the stream.
            await writing.WaitAsync(_plans.Options.SlowConsumerTimeout, _plans.Time, call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await end.CancelAsync();
        Unawaited.Observe(reading);
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private static string ResultOf(PlanStreamResponse response) => (StatusCode)(response.Error?.Code ?? 0) switch
    {
        StatusCode.OK => DecisionResults.Planned,
        StatusCode.InvalidArgument => DecisionResults.Invalid,
        StatusCode.NotFound => DecisionResults.NotFound,
        StatusCode.FailedPrecondition => DecisionResults.FailedPrecondition,
        StatusCode.DeadlineExceeded => DecisionResults.Expired,
        _ => DecisionResults.Failed,
    };

    private async Task ReadAsync(IAsyncStreamReader<PlanStreamRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            if (requests.Current.KindCase != PlanStreamRequest.KindOneofCase.Descriptor_)
            {
                _plans.Metrics.Rejected(RejectReasons.Protocol);
                throw new RpcException(new Status(StatusCode.InvalidArgument, $"after hello only descriptors may come, not {requests.Current.KindCase}"));
            }

            var received = _plans.Time.GetTimestamp();
            var descriptor = requests.Current.Descriptor_;
            var response = _plans.Answerer.Answer(descriptor, _model);
            await EnqueueAsync(new PendingAnswer(descriptor.RequestId, response, received, descriptor.DeadlineMs), cancellationToken);
        }
    }

    private async ValueTask EnqueueAsync(PendingAnswer answer, CancellationToken cancellationToken)
    {
        if (_outbound.Writer.TryWrite(answer))
        {
            return;
        }

        using var limit = new CancellationTokenSource(_plans.Options.SlowConsumerTimeout, _plans.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _outbound.Writer.WriteAsync(answer, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _isCut = true;
            PlansLog.SlowConsumer(_logger, _executor, _plans.Options.SlowConsumerTimeout);
            _plans.Metrics.Rejected(RejectReasons.SlowConsumer);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"answers were not read for {_plans.Options.SlowConsumerTimeout}, {_plans.Options.OutboundCapacity} wait (Plans:SlowConsumerTimeout, Plans:OutboundCapacity)"));
        }
    }

    private async Task WriteAsync(IServerStreamWriter<PlanStreamResponse> responses, CancellationToken cancellationToken)
    {
        await foreach (var answer in _outbound.Reader.ReadAllAsync(cancellationToken))
        {
            var elapsed = _plans.Time.GetElapsedTime(answer.Received);
            var isLate = answer.DeadlineMs > 0 && elapsed.TotalMilliseconds >= answer.DeadlineMs;
            var response = isLate ? PlanAnswerer.Expired(answer.RequestId) : answer.Response;
            await responses.WriteAsync(response, cancellationToken);
            if (response.KindCase != PlanStreamResponse.KindOneofCase.Draining)
            {
                _answers++;
                _plans.Metrics.Decided(ResultOf(response), elapsed);
            }
        }
    }

    /// <summary>Asks the client to move once the scheduler drains, and ends after the time that it is given for that.</summary>
    private async Task MoveAsync(CancellationToken draining, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(draining, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        var retryAfter = (long)_plans.Options.RetryAfter.TotalMilliseconds;
        var response = new PlanStreamResponse { Draining = new Draining { RetryAfterMs = retryAfter } };
        await EnqueueAsync(new PendingAnswer(string.Empty, response, _plans.Time.GetTimestamp(), 0), cancellationToken);
        await Task.Delay(_plans.Options.DrainGrace, _plans.Time, cancellationToken);
    }
}
