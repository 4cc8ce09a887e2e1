using System.Threading.Channels;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a request stream that a test fills.</summary>
internal sealed class QueueReader<T> : IAsyncStreamReader<T>
{
    private readonly Channel<T> _messages = Channel.CreateUnbounded<T>();

    public T Current { get; private set; } = default!;

    public void Add(T message) => _messages.Writer.TryWrite(message);

    public void Complete() => _messages.Writer.Complete();

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await _messages.Reader.WaitToReadAsync(cancellationToken))
        {
            return false;
        }

        Current = await _messages.Reader.ReadAsync(cancellationToken);
        return true;
    }
}
