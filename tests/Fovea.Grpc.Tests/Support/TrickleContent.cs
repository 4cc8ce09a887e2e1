using System.Net;

namespace Fovea.GrpcTests.Support;

/// <summary>A body that goes out one byte to a frame.</summary>
internal sealed class TrickleContent : HttpContent
{
    private readonly byte[] _bytes;

    public TrickleContent(byte[] bytes)
    {
        _bytes = bytes;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var value in _bytes)
        {
            await stream.WriteAsync(new[] { value });
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
