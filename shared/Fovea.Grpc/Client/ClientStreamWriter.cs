using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Writes the requests of a call.</summary>
internal sealed class ClientStreamWriter<TRequest, TResponse> : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly ClientCall<TRequest, TResponse> _call;
    private readonly StreamingRequestContent _content;
    private readonly MessageEncoder _encoder;
    private int _writing;
    private volatile bool _completed;

    /// <summary>Writes to the body of a call's request.</summary>
    public ClientStreamWriter(ClientCall<TRequest, TResponse> call, StreamingRequestContent content)
    {
        _call = call;
        _content = content;
        _encoder = call.CreateEncoder();
    }

    /// <inheritdoc/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc/>
    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _writing, 1) != 0)
        {
            throw new InvalidOperationException("The previous write is still running.");
        }

        try
        {
            if (_completed)
            {
                throw new InvalidOperationException("The stream of requests has been completed.");
            }

            await using var registration = cancellationToken.UnsafeRegister(
                static call => ((ClientCall<TRequest, TResponse>)call!).Cancel(), _call).ConfigureAwait(false);
            await WriteCoreAsync(message).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    /// <inheritdoc/>
    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _writing) != 0)
        {
            throw new InvalidOperationException("The stream of requests cannot be completed while a write is running.");
        }

        _completed = true;
        _content.CompleteBody();
        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message)
    {
        if (!_content.Opened.IsCompleted)
        {
            await _content.Opened.ConfigureAwait(false);
        }

        ThrowIfEnded();
        var flags = WriteOptions?.Flags ?? _call.WriteFlags;
        var frame = Encode(message, flags);
        _content.MarkUsed();
        var sending = SendAsync(_content.Stream!, frame, flags.HasFlag(WriteFlags.BufferHint));
        try
        {
            // The runtime may leave a write waiting for credit when its request is cancelled; the end of the call lets it go.
            await sending.WaitAsync(_call.Stopped).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            await EndWriteAsync(ex).ConfigureAwait(false);
        }
        finally
        {
            if (sending.IsCompleted)
            {
                _encoder.Release();
            }
            else
            {
                _encoder.Abandon();
                _ = sending.ContinueWith(
                    static task => _ = task.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default);
            }
        }
    }

    private static async Task SendAsync(Stream stream, ReadOnlyMemory<byte> frame, bool buffered)
    {
        await stream.WriteAsync(frame).ConfigureAwait(false);
        if (!buffered)
        {
            await stream.FlushAsync().ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Encode(TRequest message, WriteFlags flags)
    {
        try
        {
            return _encoder.Encode(message, _call.Method.RequestMarshaller.ContextualSerializer, flags);
        }
        catch (RpcException ex)
        {
            _call.Finish(new CallEnd(ex.Status, ex.Trailers));
            throw;
        }
    }

    private async Task EndWriteAsync(Exception exception)
    {
        if (_call.Method.Type == MethodType.ClientStreaming)
        {
            // The server's status is on its way to the only response; it says more than the broken write.
            await _call.ResponseAsync.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }

        if (_call.End is { IsOk: true })
        {
            // The server succeeded without waiting for this message, so it is not missed.
            return;
        }

        ThrowIfEnded();

        // The status of a duplex call is behind responses that its user may still want to read.
        var status = TransportError.ToStatus(exception);
        throw new RpcException(new Status(status.StatusCode, "The request could not be written. " + status.Detail, exception));
    }

    private void ThrowIfEnded()
    {
        if (_call.End is not { } end)
        {
            return;
        }

        throw end.IsOk
            ? new InvalidOperationException("The call has ended, so no request can be written.")
            : _call.ToException(end);
    }
}
