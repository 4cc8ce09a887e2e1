namespace Fovea.Scheduler.Policies;

/// <summary>Logs changes of policies.</summary>
internal static partial class PoliciesLog
{
    /// <summary>Logs that a policy was created or replaced.</summary>
    [LoggerMessage(1, LogLevel.Information, "Policy {Policy} is stored as revision {Revision}")]
    public static partial void Applied(ILogger logger, string policy, long revision);

    /// <summary>Logs that a policy was removed.</summary>
    [LoggerMessage(2, LogLevel.Information, "Policy {Policy} is removed by revision {Revision}")]
    public static partial void Deleted(ILogger logger, string policy, long revision);
}
