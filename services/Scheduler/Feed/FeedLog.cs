namespace Fovea.Scheduler.Feed;

/// <summary>Logs what executors answer to snapshots.</summary>
internal static partial class FeedLog
{
    /// <summary>Logs that a snapshot is in use.</summary>
    [LoggerMessage(1, LogLevel.Debug, "Executor {Executor} uses revision {Revision}")]
    public static partial void Acked(ILogger logger, string executor, long revision);

    /// <summary>Logs that a snapshot was refused.</summary>
    [LoggerMessage(2, LogLevel.Error, "Executor {Executor} refused revision {Revision}: {Message} {Faults}")]
    public static partial void Nacked(ILogger logger, string executor, long revision, string message, string faults);

    /// <summary>Logs that an executor holds a snapshot that this store never made.</summary>
    [LoggerMessage(3, LogLevel.Warning, "Executor {Executor} holds revision {Held} of epoch {Epoch}, ahead of revision {Revision} here")]
    public static partial void Ahead(ILogger logger, string executor, long held, string epoch, long revision);
}
