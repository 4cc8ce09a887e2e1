using System.Threading.Channels;
using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>Lets many callers send on one request stream, which takes one message at a time.</summary>
/// <typeparam name="T">Message type.</typeparam>
internal sealed class StreamOutbox<T>
    where T : class
{
    private const int Capacity = 1024;

    private readonly Channel<T> _messages = Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly IClientStreamWriter<T> _stream;

    /// <summary>Sends on a stream that nobody else writes to.</summary>
    public StreamOutbox(IClientStreamWriter<T> stream) => _stream = stream;

    /// <summary>Queues a message, or says that the stream has ended or is too far behind.</summary>
    public bool TrySend(T message) => _messages.Writer.TryWrite(message);

    /// <summary>Takes no more messages; what is queued is still sent, and then the stream is half-closed.</summary>
    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Sends what is queued until completed or until the stream breaks, which the reading side reports.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await _stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            }

            await _stream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is RpcException or InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            _messages.Writer.TryComplete();
        }
    }
}
