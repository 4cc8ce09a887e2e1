using System.Net;

namespace Grpc.Net.Client;

/// <summary>A request body that stays open for a writer until it is completed or its call ends.</summary>
internal sealed class StreamingRequestContent : RequestContent
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Stream? _stream;
    private volatile bool _used;

    /// <summary>Completes when the stream can be written to, or the call has ended before that.</summary>
    public Task Opened => _opened.Task;

    /// <summary>The stream, or null when the call ended before it was opened.</summary>
    public Stream? Stream => _stream;

    /// <summary>Notes that a message goes out, after which the request cannot be repeated.</summary>
    public void MarkUsed() => _used = true;

    /// <summary>Ends the body.</summary>
    public void CompleteBody() => _completed.TrySetResult();

    /// <inheritdoc/>
    public override void OnCallEnded()
    {
        // A body that merely ended would tell the server that all requests had been sent.
        _completed.TrySetCanceled();
        _opened.TrySetResult();
    }

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_used)
        {
            throw new IOException("The request was refused after messages of its stream had been sent; it cannot be repeated.");
        }

        // Without a flush the headers wait for the first message.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _stream = stream;
        _opened.TrySetResult();
        await _completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
