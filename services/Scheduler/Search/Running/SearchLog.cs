using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Logs the life of searches.</summary>
internal static partial class SearchLog
{
    /// <summary>Logs that a runner took a search up.</summary>
    [LoggerMessage(1, LogLevel.Information, "Search {Search} runs on model {Model}, fencing token {Token}, {Trials} trials are in its journal")]
    public static partial void Running(ILogger logger, string search, string model, long token, int trials);

    /// <summary>Logs a finished trial.</summary>
    [LoggerMessage(2, LogLevel.Debug, "Search {Search}: trial {Trial} of step {Step} scored {Metric} on {Samples} questions, passed: {Passed}")]
    public static partial void TrialDone(ILogger logger, string search, int trial, int step, double metric, int samples, bool passed);

    /// <summary>Logs how a search ended.</summary>
    [LoggerMessage(3, LogLevel.Information, "Search {Search} is {Status} after {Trials} trials")]
    public static partial void Ended(ILogger logger, string search, SearchStatus status, int trials);

    /// <summary>Logs that a search cannot go on.</summary>
    [LoggerMessage(4, LogLevel.Warning, "Search {Search} failed: {Reason}")]
    public static partial void Failed(ILogger logger, string search, string reason);

    /// <summary>Logs a fault of the scheduler itself.</summary>
    [LoggerMessage(5, LogLevel.Error, "Search {Search} failed unexpectedly")]
    public static partial void Broke(ILogger logger, Exception exception, string search);

    /// <summary>Logs that another runner has the search.</summary>
    [LoggerMessage(6, LogLevel.Warning, "Search {Search} is in newer hands: {Reason}")]
    public static partial void LeaseLost(ILogger logger, string search, string reason);

    /// <summary>Logs that a search whose scheduler has ended was said to have ended, too.</summary>
    [LoggerMessage(7, LogLevel.Information, "Search {Search} was running when its scheduler ended and is {Status} now; it can be resumed after {Trials} trials")]
    public static partial void Ownerless(ILogger logger, string search, SearchStatus status, int trials);

    /// <summary>Logs what a search found.</summary>
    [LoggerMessage(8, LogLevel.Information, "Search {Search} found schedule {Schedule} with metric {Metric}")]
    public static partial void Found(ILogger logger, string search, string schedule, double metric);

    /// <summary>Logs that the end of a search could not be stored.</summary>
    [LoggerMessage(9, LogLevel.Error, "The end of search {Search} could not be stored")]
    public static partial void EndNotStored(ILogger logger, Exception exception, string search);

    /// <summary>Logs that searches whose scheduler ended still say that they run.</summary>
    [LoggerMessage(10, LogLevel.Warning, "Searches that were running could not be marked as interrupted: {Fault}")]
    public static partial void NotInterrupted(ILogger logger, string fault);
}
