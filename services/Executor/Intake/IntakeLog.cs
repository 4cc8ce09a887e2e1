using Grpc.Core;

namespace Fovea.Executor.Intake;

/// <summary>Log messages of requests; event ids 200 to 299.</summary>
internal static partial class IntakeLog
{
    /// <summary>A whole answer was delivered.</summary>
    [LoggerMessage(200, LogLevel.Information, "Request {RequestId} answered by plan {Digest}: {Tokens} tokens in {Seconds:F3} s")]
    public static partial void Completed(ILogger logger, string requestId, string digest, int tokens, double seconds);

    /// <summary>A request ended early for a reason that is no fault of the executor.</summary>
    [LoggerMessage(201, LogLevel.Information, "Request {RequestId} ended with {Code}: {Detail}")]
    public static partial void Ended(ILogger logger, string requestId, StatusCode code, string detail);

    /// <summary>A fault of the executor ended a request.</summary>
    [LoggerMessage(202, LogLevel.Error, "Request {RequestId} failed")]
    public static partial void Failed(ILogger logger, string requestId, Exception cause);
}
