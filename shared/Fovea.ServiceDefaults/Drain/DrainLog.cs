using Microsoft.Extensions.Logging;

namespace Fovea.ServiceDefaults.Drain;

/// <summary>Log messages of the drain.</summary>
internal static partial class DrainLog
{
    /// <summary>Tells that the server is about to go.</summary>
    [LoggerMessage(2, LogLevel.Information, "Stopping: health is NOT_SERVING, calls are still taken for {DrainDelay}.")]
    public static partial void Announced(ILogger logger, TimeSpan drainDelay);

    /// <summary>Tells that the drain begins.</summary>
    [LoggerMessage(1, LogLevel.Information, "Draining: new calls are refused, running calls have {ShutdownTimeout} to end.")]
    public static partial void Draining(ILogger logger, TimeSpan shutdownTimeout);
}
