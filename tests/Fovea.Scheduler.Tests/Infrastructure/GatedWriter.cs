using System.Threading.Channels;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a response stream whose writes end only when the test takes the message, or at once when it is open.</summary>
internal sealed class GatedWriter<T> : IServerStreamWriter<T>
{
    private readonly Channel<T> _messages = Channel.CreateBounded<T>(1);
    private readonly SemaphoreSlim _taken = new(0);
    private readonly bool _isOpen;

    public GatedWriter(bool isOpen) => _isOpen = isOpen;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        await _messages.Writer.WriteAsync(message, cancellationToken);
        if (!_isOpen)
        {
            await _taken.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes once a write has begun whose message was not taken.</summary>
    public Task WaitForWriteAsync() => _messages.Reader.WaitToReadAsync().AsTask().WaitAsync(Limits.Step);

    /// <summary>Takes the next message and lets its write end.</summary>
    public async Task<T> TakeAsync()
    {
        var message = await _messages.Reader.ReadAsync().AsTask().WaitAsync(Limits.Step);
        _taken.Release();
        return message;
    }
}
