using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>The server's log messages.</summary>
internal static partial class GrpcServerLog
{
    /// <summary>Tells of an exception that escaped a handler.</summary>
    [LoggerMessage(1, LogLevel.Error, "The handler of {Method} threw an exception.")]
    public static partial void HandlerThrew(ILogger logger, Exception exception, string method);

    /// <summary>Tells of a status that a handler chose by an exception.</summary>
    [LoggerMessage(2, LogLevel.Debug, "Call of {Method} ended with {StatusCode}: {Detail}")]
    public static partial void CallFailed(ILogger logger, string method, Grpc.Core.StatusCode statusCode, string detail);

    /// <summary>Tells of a deadline that ended a call.</summary>
    [LoggerMessage(3, LogLevel.Debug, "The deadline of {Method} passed.")]
    public static partial void DeadlinePassed(ILogger logger, string method);

    /// <summary>Tells of a request that is no gRPC call.</summary>
    [LoggerMessage(4, LogLevel.Debug, "A request to {Path} was refused: {Reason}")]
    public static partial void RequestRefused(ILogger logger, string path, string reason);

    /// <summary>Tells of a metadata entry that cannot be sent.</summary>
    [LoggerMessage(5, LogLevel.Warning, "The metadata entry {Key} of {Method} has a character outside printable ASCII and is not sent.")]
    public static partial void MetadataOmitted(ILogger logger, string key, string method);

    /// <summary>Tells of an answer that could not be ended properly.</summary>
    [LoggerMessage(6, LogLevel.Debug, "The response of {Method} could not be completed.")]
    public static partial void CompletionFailed(ILogger logger, Exception exception, string method);
}
