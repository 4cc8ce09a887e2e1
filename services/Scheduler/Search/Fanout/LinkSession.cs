using System.Threading.Channels;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Is one open stream of a link: what is to be sent on it, and its end.</summary>
internal sealed class LinkSession : IDisposable
{
    private readonly Channel<EvaluateRequest> _outbox = Channel.CreateUnbounded<EvaluateRequest>(new() { SingleReader = true });
    private readonly CancellationTokenSource _end;
    private int _ended;

    /// <summary>Makes a session that ends with its link at the latest.</summary>
    public LinkSession(CancellationToken link) => _end = CancellationTokenSource.CreateLinkedTokenSource(link);

    /// <summary>Gets a token that fires at the end.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Gets where messages are put; few, because executors have few shards at a time.</summary>
    public ChannelWriter<EvaluateRequest> Outbox => _outbox.Writer;

    /// <summary>Sends what is put into the outbox, one message after the other, until the session ends.</summary>
    public async Task WriteAllAsync(IClientStreamWriter<EvaluateRequest> requests)
    {
        await foreach (var request in _outbox.Reader.ReadAllAsync(Token))
        {
            await requests.WriteAsync(request);
        }
    }

    /// <summary>Ends the stream; may be called by any thread, and again.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _end.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();
}
