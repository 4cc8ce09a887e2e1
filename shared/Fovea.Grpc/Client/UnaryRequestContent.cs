using System.Net;

namespace Grpc.Net.Client;

/// <summary>A request body of one message, encoded before the request is sent.</summary>
internal sealed class UnaryRequestContent<TRequest, TResponse> : RequestContent
    where TRequest : class
    where TResponse : class
{
    private readonly ClientCall<TRequest, TResponse> _call;
    private readonly TRequest _request;
    private readonly Wire.MessageEncoder _encoder;
    private ReadOnlyMemory<byte> _frame;

    /// <summary>Keeps the message.</summary>
    public UnaryRequestContent(ClientCall<TRequest, TResponse> call, TRequest request)
    {
        _call = call;
        _request = request;
        _encoder = call.CreateEncoder();
    }

    /// <summary>Encodes the message.</summary>
    /// <exception cref="Core.RpcException">The message is too large or cannot be serialised.</exception>
    public override void Prepare() =>
        _frame = _encoder.Encode(_request, _call.Method.RequestMarshaller.ContextualSerializer, _call.WriteFlags);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_frame.IsEmpty)
        {
            // The handler repeats a request that the server did not process.
            Prepare();
        }

        try
        {
            await stream.WriteAsync(_frame, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _frame = default;
            _encoder.Release();
        }
    }
}
