using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>How a connection to a scheduler ended.</summary>
/// <param name="Status">Status of the stream that ended it.</param>
/// <param name="RetryAfter">The wait that the scheduler asked for when it drained; null otherwise.</param>
internal sealed record ConnectionEnd(Status Status, TimeSpan? RetryAfter)
{
    /// <summary>Whether the scheduler will go on refusing this executor until a person acts.</summary>
    public bool IsRefusal => Status.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unimplemented;

    /// <summary>Gives the end that an error makes.</summary>
    public static ConnectionEnd Of(Exception error) =>
        new(error is RpcException failed ? failed.Status : new Status(StatusCode.Unavailable, error.Message), null);
}
