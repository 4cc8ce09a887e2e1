using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>How a call ended.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Trailers">The trailers that came with it.</param>
internal sealed record CallEnd(Status Status, Metadata Trailers)
{
    /// <summary>Ends a call on this side.</summary>
    public CallEnd(StatusCode code, string detail, Exception? cause = null)
        : this(new Status(code, detail, cause), Metadata.Empty)
    {
    }

    /// <summary>Tells whether the call succeeded.</summary>
    public bool IsOk => Status.StatusCode == StatusCode.OK;
}
