namespace Fovea.Scheduler.Canaries;

/// <summary>Logs what becomes of canaries.</summary>
internal static partial class CanariesLog
{
    /// <summary>Logs that a guard has ended a canary.</summary>
    [LoggerMessage(1, LogLevel.Warning, "The canary of policy {Policy} at revision {Revision} is ended by its guard ({Finding}): {Reason}")]
    public static partial void Ended(ILogger logger, string policy, long revision, CanaryFinding finding, string reason);

    /// <summary>Logs that an executor's counts cannot be used.</summary>
    [LoggerMessage(2, LogLevel.Warning, "Executor {Executor} reports {Fault} for policy {Policy}: its counts are ignored")]
    public static partial void Unusable(ILogger logger, string executor, string fault, string policy);

    /// <summary>Logs what is known of a running canary.</summary>
    [LoggerMessage(3, LogLevel.Debug, "The canary of policy {Policy} at revision {Revision} is {Finding}: {Reason}")]
    public static partial void Judged(ILogger logger, string policy, long revision, CanaryFinding finding, string reason);

    /// <summary>Logs that a canary could not be judged or ended; the next look follows.</summary>
    [LoggerMessage(4, LogLevel.Error, "The canary of policy {Policy} at revision {Revision} could not be judged or ended; it is tried again")]
    public static partial void Failed(ILogger logger, string policy, long revision, Exception cause);
}
