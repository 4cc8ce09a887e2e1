using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Policies;

/// <summary>Logs changes of policies.</summary>
internal static partial class PoliciesLog
{
    /// <summary>Logs that a version of a policy was stored.</summary>
    [LoggerMessage(1, LogLevel.Information, "Policy {Policy}: {Action} as revision {Revision} by {Actor}: {Reason}")]
    public static partial void Changed(ILogger logger, string policy, PolicyAction action, long revision, string actor, string reason);

    /// <summary>Logs that a policy was removed.</summary>
    [LoggerMessage(2, LogLevel.Information, "Policy {Policy} is removed by revision {Revision} by {Actor}: {Reason}")]
    public static partial void Deleted(ILogger logger, string policy, long revision, string actor, string reason);

    /// <summary>Logs that a canary was ended by its guard.</summary>
    [LoggerMessage(3, LogLevel.Warning, "Canary of policy {Policy} since revision {Canary} is ended by its guard as revision {Revision}: {Reason}")]
    public static partial void CanaryFailed(ILogger logger, string policy, long canary, long revision, string reason);
}
