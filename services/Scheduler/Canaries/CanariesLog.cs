namespace Fovea.Scheduler.Canaries;

/// <summary>Logs what becomes of canaries.</summary>
internal static partial class CanariesLog
{
    /// <summary>Logs that an executor's counts cannot be used.</summary>
    [LoggerMessage(1, LogLevel.Warning, "Executor {Executor} reports {Fault} for policy {Policy}: its counts are ignored")]
    public static partial void Unusable(ILogger logger, string executor, string fault, string policy);

    /// <summary>Logs what is known of a running canary.</summary>
    [LoggerMessage(2, LogLevel.Debug, "The canary of policy {Policy} at revision {Revision} is {Finding}: {Reason}")]
    public static partial void Judged(ILogger logger, string policy, long revision, CanaryFinding finding, string reason);

    /// <summary>Logs that a canary could not be judged or ended; the next look follows.</summary>
    [LoggerMessage(3, LogLevel.Error, "The canary of policy {Policy} at revision {Revision} could not be judged or ended; it is tried again")]
    public static partial void Failed(ILogger logger, string policy, long revision, Exception cause);
}
