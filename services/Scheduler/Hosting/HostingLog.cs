namespace Fovea.Scheduler.Hosting;

/// <summary>Logs the life of the process.</summary>
internal static partial class HostingLog
{
    /// <summary>Logs where the scheduler listens.</summary>
    [LoggerMessage(1, LogLevel.Information, "Scheduler listens at {Address}")]
    public static partial void Listening(ILogger logger, string address);

    /// <summary>Logs that the scheduler drains.</summary>
    [LoggerMessage(2, LogLevel.Information, "Scheduler drains")]
    public static partial void Draining(ILogger logger);
}
