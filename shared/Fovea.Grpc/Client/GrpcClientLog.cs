using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>The client's log messages.</summary>
internal static partial class GrpcClientLog
{
    /// <summary>Tells that credentials are not sent over plaintext.</summary>
    [LoggerMessage(1, LogLevel.Warning,
        "Call credentials of the plaintext channel to {Target} are not sent; UnsafeUseInsecureChannelCallCredentials would send them.")]
    public static partial void CallCredentialsOmitted(ILogger logger, string target);

    /// <summary>Tells how a call ended when it did not succeed.</summary>
    [LoggerMessage(2, LogLevel.Debug, "Call to {Method} ended with {StatusCode}: {Detail}")]
    public static partial void CallFailed(ILogger logger, Exception? exception, string method, Grpc.Core.StatusCode statusCode, string detail);
}
