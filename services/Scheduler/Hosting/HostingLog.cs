namespace Fovea.Scheduler.Hosting;

/// <summary>Logs the life of the process.</summary>
internal static partial class HostingLog
{
    /// <summary>Logs where the scheduler listens.</summary>
    [LoggerMessage(1, LogLevel.Information, "Scheduler listens at {Address}")]
    public static partial void Listening(ILogger logger, string address);
}
