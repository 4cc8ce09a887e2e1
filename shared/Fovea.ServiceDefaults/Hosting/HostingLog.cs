using Microsoft.Extensions.Logging;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Log messages of the host.</summary>
internal static partial class HostingLog
{
    /// <summary>Tells where gRPC is served.</summary>
    [LoggerMessage(1, LogLevel.Information, "gRPC is served on {Address}.")]
    public static partial void ListeningForGrpc(ILogger logger, string address);

    /// <summary>Tells where metrics are served.</summary>
    [LoggerMessage(2, LogLevel.Information, "Metrics are served on {Address}/metrics.")]
    public static partial void ListeningForMetrics(ILogger logger, string address);

    /// <summary>Tells where health is served in plaintext.</summary>
    [LoggerMessage(3, LogLevel.Information, "Health alone is served on {Address}.")]
    public static partial void ListeningForHealth(ILogger logger, string address);
}
