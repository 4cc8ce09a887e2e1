namespace Grpc.Wire;

/// <summary>Names and fixed values of the protocol's headers.</summary>
internal static class GrpcHeaders
{
    /// <summary>The media type of every gRPC message stream.</summary>
    public const string ContentType = "application/grpc";

    /// <summary>The code with which a call ended.</summary>
    public const string Status = "grpc-status";

    /// <summary>The percent-encoded text with which a call ended.</summary>
    public const string Message = "grpc-message";

    /// <summary>The time that a call may take.</summary>
    public const string Timeout = "grpc-timeout";

    /// <summary>The algorithm of this side's compressed messages.</summary>
    public const string Encoding = "grpc-encoding";

    /// <summary>The algorithms that this side can decompress.</summary>
    public const string AcceptEncoding = "grpc-accept-encoding";

    /// <summary>The metadata key by which an application chooses its call's compression; it never travels.</summary>
    public const string EncodingRequest = "grpc-internal-encoding-request";

    /// <summary>The algorithm that changes nothing.</summary>
    public const string Identity = "identity";

    /// <summary>The number of bytes before every message: a flag and a big-endian length.</summary>
    public const int PrefixLength = 5;

    /// <summary>Tells whether a media type is gRPC with any message format.</summary>
    public static bool IsGrpcContentType(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is ';' or '+' or ' ');

    /// <summary>Tells whether a header belongs to the protocol and so is no metadata.</summary>
    public static bool IsReserved(string name) =>
        name.Length == 0
        || name[0] == ':'
        || name.ToLowerInvariant() is Status or Message or Timeout or Encoding or AcceptEncoding or EncodingRequest
            or "content-type" or "content-length" or "te" or "host" or "connection" or "transfer-encoding" or "trailer";
}
