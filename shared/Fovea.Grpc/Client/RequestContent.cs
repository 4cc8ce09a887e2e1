using System.Net;
using System.Net.Http.Headers;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The body of a call's request.</summary>
internal abstract class RequestContent : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcMediaType = new(GrpcHeaders.ContentType);

    /// <summary>Sets the media type.</summary>
    protected RequestContent()
    {
        Headers.ContentType = GrpcMediaType;
    }

    /// <summary>Makes ready what can be made ready before the request is sent.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Tells the body that its call has ended with this.</summary>
    public virtual void OnCallEnded()
    {
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        // Messages travel with their own lengths; a length of the whole would only hold the first frame back.
        length = -1;
        return false;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected abstract override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken);
}
