using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Turns what the HTTP stack throws into a status.</summary>
internal static class TransportError
{
    /// <summary>The status of a call that this exception ended.</summary>
    public static Status ToStatus(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case RpcException rpc:
                    return rpc.Status;
                case HttpProtocolException protocol when IsStreamReset(protocol):
                    return new Status(StatusMap.FromStreamReset(protocol.ErrorCode), Describe(exception), exception);
                case HttpProtocolException or SocketException:
                    return new Status(StatusCode.Unavailable, Describe(exception), exception);
            }
        }

        return new Status(
            exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException
                ? StatusCode.Unavailable
                : StatusCode.Internal,
            Describe(exception),
            exception);
    }

    // The runtime has one exception type for the end of a stream and of a connection; only its text tells them apart.
    private static bool IsStreamReset(HttpProtocolException exception) =>
        exception.Message.Contains("reset the stream", StringComparison.OrdinalIgnoreCase);

    private static string Describe(Exception exception)
    {
        var inner = exception.GetBaseException();
        return ReferenceEquals(inner, exception)
            ? $"The call broke: {exception.Message}"
            : $"The call broke: {exception.Message} ({inner.GetType().Name}: {inner.Message})";
    }
}
