using Grpc.Core;

namespace Grpc.Wire;

/// <summary>The protocol's tables from HTTP to gRPC codes.</summary>
internal static class StatusMap
{
    /// <summary>The code of an HTTP answer without a gRPC status.</summary>
    public static StatusCode FromHttpStatus(int status) => status switch
    {
        400 or 431 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <summary>The code of a stream that the server reset with this HTTP/2 error.</summary>
    public static StatusCode FromStreamReset(long errorCode) => errorCode switch
    {
        0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xb => StatusCode.ResourceExhausted,
        0xc => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };
}
