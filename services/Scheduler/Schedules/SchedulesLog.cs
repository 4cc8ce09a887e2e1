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

    /// <summary>Logs that a table of a model was replaced.</summary>
    [LoggerMessage(3, LogLevel.Information, "{Kind} table of model {Model} is stored as revision {Revision}")]
    public static partial void TablePut(ILogger logger, string kind, string model, long revision);

    /// <summary>Logs that a policy cannot serve a model any more because of its new budget table.</summary>
    [LoggerMessage(4, LogLevel.Warning, "Policy {Policy} cannot serve model {Model} any more, its budgets are outside the table of search {Search}: {Faults}")]
    public static partial void PolicyInfeasible(ILogger logger, string policy, string model, string search, string faults);
}
