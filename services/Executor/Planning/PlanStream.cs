using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>Keeps one stream of plan questions and answers open to the scheduler.</summary>
internal sealed class PlanStream : BackgroundService
{
    private readonly PlanService.PlanServiceClient _client;
    private readonly Func<CancellationToken, Task<ExecutorIdentity>> _identity;
    private readonly ILogger<PlanStream> _logger;
    private readonly ReconnectLoop _loop;
    private volatile PlanSession? _session;

    /// <summary>Prepares the stream; it starts when the identity is known, which needs a loaded model and a bound port.</summary>
    public PlanStream(
        PlanService.PlanServiceClient client,
        Func<CancellationToken, Task<ExecutorIdentity>> identity,
        ReconnectBackoff backoff,
        TimeProvider time,
        ILogger<PlanStream> logger)
    {
        _client = client;
        _identity = identity;
        _logger = logger;
        _loop = new ReconnectLoop("plan", backoff, time, logger);
    }

    /// <summary>Sends a question; null when the scheduler is away.</summary>
    public PendingPlan? TryAsk(PlanDescriptor descriptor) => _session?.TryAsk(descriptor);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var identity = await _identity(stoppingToken).ConfigureAwait(false);
            await _loop.RunAsync(stop => SessionAsync(identity, stop), stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The executor stops.
        }
    }

    private async Task<TimeSpan?> SessionAsync(ExecutorIdentity identity, CancellationToken stop)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var call = _client.StreamPlans(cancellationToken: ends.Token);
        var outbox = new StreamOutbox<PlanStreamRequest>(call.RequestStream);
        outbox.TrySend(new PlanStreamRequest { Hello = new PlanHello { ExecutorId = identity.Id, Model = identity.Model } });
        var session = new PlanSession(outbox);
        var sending = outbox.PumpAsync(ends.Token);
        _session = session;
        try
        {
            return await ReadAsync(session, call.ResponseStream, ends.Token).ConfigureAwait(false);
        }
        finally
        {
            _session = null;
            session.End();
            await ends.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan?> ReadAsync(PlanSession session, IAsyncStreamReader<PlanStreamResponse> responses, CancellationToken ends)
    {
        TimeSpan? retryAfter = null;
        var up = false;
        while (await responses.MoveNext(ends).ConfigureAwait(false))
        {
            _loop.Answered();
            if (!up)
            {
                up = true;
                PlanningLog.StreamUp(_logger, "plan");
            }

            if (responses.Current.KindCase == PlanStreamResponse.KindOneofCase.Draining)
            {
                // What was asked is still answered; what comes next is for the next stream.
                retryAfter = TimeSpan.FromMilliseconds(Math.Max(0, responses.Current.Draining.RetryAfterMs));
                _session = null;
                session.Drain();
            }
            else
            {
                session.Answer(responses.Current);
            }
        }

        return retryAfter;
    }
}
