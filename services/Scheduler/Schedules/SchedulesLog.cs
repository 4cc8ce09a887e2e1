namespace Fovea.Scheduler.Schedules;

/// <summary>Logs changes of schedules.</summary>
internal static partial class SchedulesLog
{
    /// <summary>Logs that a schedule was added.</summary>
    [LoggerMessage(1, LogLevel.Information, "Schedule {Schedule} is stored as revision {Revision}")]
    public static partial void Put(ILogger logger, string schedule, long revision);

    /// <summary>Logs that a schedule was removed.</summary>
    [LoggerMessage(2, LogLevel.Information, "Schedule {Schedule} is removed by revision {Revision}")]
    public static partial void Deleted(ILogger logger, string schedule, long revision);
}
