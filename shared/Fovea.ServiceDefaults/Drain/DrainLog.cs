using Microsoft.Extensions.Logging;

namespace Fovea.ServiceDefaults.Drain;

/// <summary>Log messages of the drain.</summary>
internal static partial class DrainLog
{
    /// <summary>Tells that the drain begins.</summary>
    [LoggerMessage(1, LogLevel.Information, "Draining: health is NOT_SERVING, new calls are refused, running calls have {ShutdownTimeout} to end.")]
    public static partial void Draining(ILogger logger, TimeSpan shutdownTimeout);
}
