using Grpc.Core;

namespace Fovea.Contracts.Streams;

/// <summary>Is how a scheduler accepts a stream before it has anything to say on it: by a response header.</summary>
/// <remarks>A stream that is refused has response headers, too, in which its status lies; those lack this one.</remarks>
public static class StreamAcceptance
{
    private const string Key = "fovea-stream";

    /// <summary>Accepts the stream of a call.</summary>
    public static Task AcceptAsync(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.WriteResponseHeadersAsync(new Metadata { { Key, "accepted" } });
    }

    /// <summary>Returns whether response headers accept the stream.</summary>
    public static bool IsIn(Metadata headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.GetValue(Key) is not null;
    }
}
