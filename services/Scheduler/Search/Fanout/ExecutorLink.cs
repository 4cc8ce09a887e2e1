using Fovea.Contracts.V1;
using Fovea.Scheduler.Streams;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Keeps one Evaluate stream to one executor until disposed: connects, has the set fetched, opens the stream, and again after a loss.</summary>
/// <remarks>
/// A round is: 1 connect and ask what is loaded and held, 2 have a missing set copied from an executor that holds it, 3 open the stream,
/// 4 tell that shards are taken, 5 pass on what comes until the stream ends, 6 tell that what was in work is lost, 7 wait and begin again.
/// </remarks>
internal sealed class ExecutorLink : IAsyncDisposable
{
    private readonly LinkContext _context;
    private readonly CancellationTokenSource _end = new();
    private readonly LinkBackoff _backoff;
    private Task _running = Task.CompletedTask;
    private volatile LinkSession? _session;

    /// <summary>Makes a link to an executor.</summary>
    public ExecutorLink(LinkContext context, string executorId, string address)
    {
        _context = context;
        ExecutorId = executorId;
        Address = address;
        _backoff = new LinkBackoff(context.Tools.Options.ReconnectMin, context.Tools.Options.ReconnectMax);
    }

    /// <summary>Gets the executor's id.</summary>
    public string ExecutorId { get; }

    /// <summary>Gets the executor's address.</summary>
    public string Address { get; }

    /// <summary>Begins to connect.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Sends a message on the open stream; without one it is lost with the stream.</summary>
    public void Send(EvaluateRequest request) => _session?.Outbox.TryWrite(request);

    /// <summary>Ends the open stream; the executor is called again after a wait.</summary>
    public void Reset() => _session?.End();

    /// <summary>Says that the executor works well: the next wait is the shortest again.</summary>
    public void Prosper() => _backoff.Reset();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var reason = await TryServeAsync();
            if (_end.IsCancellationRequested)
            {
                return;
            }

            var wait = _backoff.Next();
            FanoutLog.LinkLost(_context.Tools.Logger, ExecutorId, Address, reason, wait);
            await Task.Delay(wait, _context.Tools.Time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // 7
        }
    }

    /// <summary>Does one round and returns why it ended.</summary>
    private async Task<string> TryServeAsync()
    {
        try
        {
            await ServeAsync();
            return "the stream ended";
        }
        catch (RpcException exception)
        {
            if (exception.StatusCode == StatusCode.InvalidArgument)
            {
                Tell(new LinkEvent.Refused(this, exception.Status));
            }

            return $"{exception.StatusCode}: {exception.Status.Detail}";
        }
        catch (Exception exception) when (exception is LinkException or OperationCanceledException or InvalidOperationException or IOException or UriFormatException or ArgumentException)
        {
            return exception.Message;
        }
    }

    private async Task ServeAsync()
    {
        using var channel = _context.Tools.Channels.Open(Address);
        var client = CalibrationChannels.ClientOf(channel);
        await new SetCopy(_context, this).EnsureAsync(client, _end.Token); // 1, 2
        using var session = new LinkSession(_end.Token);
        using var call = client.Evaluate(cancellationToken: session.Token);
        await call.RequestStream.WriteAsync(new EvaluateRequest { Open = ToOpen() }); // 3
        _session = session;
        Tell(new LinkEvent.Opened(this)); // 4
        try
        {
            Unawaited.Observe(session.WriteAllAsync(call.RequestStream));
            while (await call.ResponseStream.MoveNext(session.Token)) // 5
            {
                Receive(call.ResponseStream.Current);
            }
        }
        finally
        {
            _session = null;
            session.End();
            Tell(new LinkEvent.Lost(this)); // 6
        }
    }

    private EvaluateOpen ToOpen() => new()
    {
        SetDigest = _context.Target.SetDigest,
        Model = _context.Target.Model,
        ModelRevision = _context.Target.ModelRevision,
        Metrics = { _context.Target.Metric },
        Plain = _context.Target.IsPlain,
    };

    private void Receive(EvaluateResponse response)
    {
        switch (response.KindCase)
        {
            case EvaluateResponse.KindOneofCase.Score:
                Tell(new LinkEvent.Scored(this, response.Score));
                break;
            case EvaluateResponse.KindOneofCase.Done:
                Tell(new LinkEvent.Done(this, response.Done.Shard));
                break;
            case EvaluateResponse.KindOneofCase.Failed:
                Tell(new LinkEvent.Failed(this, response.Failed));
                break;
            default:
                throw new LinkException($"the executor sent {response.KindCase}");
        }
    }

    private void Tell(LinkEvent happened) => _context.Events.TryWrite(happened);
}
