namespace Fovea.Executor.Canaries;

/// <summary>Log messages of canaries; event ids 700 to 799.</summary>
internal static partial class CanariesLog
{
    /// <summary>More canaries run than are counted.</summary>
    [LoggerMessage(700, LogLevel.Warning, "The canaries of revision {Revision} need {Arms} counters, {MaxArms} are kept (Canaries:MaxArms): the rest is not judged by this executor")]
    public static partial void TooManyArms(ILogger logger, long revision, int arms, int maxArms);

    /// <summary>A canary's answer was compared with the full model's.</summary>
    [LoggerMessage(701, LogLevel.Debug, "Shadow of {RequestId}: agreement {Agreement} under canary {Revision} of policy {Policy}")]
    public static partial void Shadowed(ILogger logger, string requestId, double agreement, long revision, string policy);

    /// <summary>A shadow run broke off.</summary>
    [LoggerMessage(702, LogLevel.Warning, "The shadow run of {RequestId} failed")]
    public static partial void ShadowFailed(ILogger logger, string requestId, Exception cause);
}
