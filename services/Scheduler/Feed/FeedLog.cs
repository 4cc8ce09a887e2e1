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

    /// <summary>Logs that an executor holds a newer snapshot than this scheduler, and keeps it.</summary>
    [LoggerMessage(3, LogLevel.Warning, "Executor {Executor} holds snapshot {Held}, ahead of {Newest} here; it keeps it")]
    public static partial void Ahead(ILogger logger, string executor, string held, string newest);

    /// <summary>Logs that an executor asked for the whole snapshot.</summary>
    [LoggerMessage(4, LogLevel.Warning, "Executor {Executor} holds snapshot {Held} and asks for the whole: {Message}")]
    public static partial void Relisted(ILogger logger, string executor, string held, string message);
}
