using Fovea.Contracts.Streams;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>One life of the plan stream: says who asks, and hands answers to the session.</summary>
internal sealed class PlanExchange
{
    private readonly CancellationTokenSource _ends = new();
    private readonly AsyncDuplexStreamingCall<PlanStreamRequest, PlanStreamResponse> _call;
    private readonly StreamOutbox<PlanStreamRequest> _outbox;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TimeSpan> _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens the stream; it lives while it is run.</summary>
    public PlanExchange(PlanService.PlanServiceClient client, ExecutorIdentity identity, SilenceRule silence)
    {
        _call = client.StreamPlans(cancellationToken: _ends.Token);
        _outbox = new StreamOutbox<PlanStreamRequest>(_call.RequestStream);
        _outbox.TrySend(new PlanStreamRequest { Hello = new PlanHello { ExecutorId = identity.Id, Model = identity.Model } });
        Session = new PlanSession(_outbox, silence);
    }

    /// <summary>Questions and answers.</summary>
    public PlanSession Session { get; }

    /// <summary>Ends when the scheduler has accepted the stream.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Ends when the scheduler asks to move; what is asked is answered a while longer.</summary>
    public Task<TimeSpan> Draining => _draining.Task;

    /// <summary>Ends with the stream.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Runs until the stream ends.</summary>
    /// <exception cref="RpcException">The stream broke.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var stopping = stop.UnsafeRegister(static ends => ((CancellationTokenSource)ends!).Cancel(), _ends);
        var sending = _outbox.PumpAsync(_ends.Token);
        try
        {
            if (StreamAcceptance.IsIn(await _call.ResponseHeadersAsync.ConfigureAwait(false)))
            {
                _opened.TrySetResult();
            }

            await ReadAsync().ConfigureAwait(false);
        }
        finally
        {
            Session.End();
            _ended.TrySetResult();
            await _ends.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            _call.Dispose();
        }
    }

    private async Task ReadAsync()
    {
        while (await _call.ResponseStream.MoveNext(_ends.Token).ConfigureAwait(false))
        {
            if (_call.ResponseStream.Current is { KindCase: PlanStreamResponse.KindOneofCase.Draining } asked)
            {
                _draining.TrySetResult(TimeSpan.FromMilliseconds(Math.Max(0, asked.Draining.RetryAfterMs)));
            }
            else
            {
                Session.Answer(_call.ResponseStream.Current);
            }
        }
    }
}
