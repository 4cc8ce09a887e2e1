namespace Fovea.Scheduler.Store;

/// <summary>Logs what happens to the store.</summary>
internal static partial class StoreLog
{
    /// <summary>Logs that a new store was made.</summary>
    [LoggerMessage(1, LogLevel.Information, "Made a new store in {Folder}, epoch {Epoch}")]
    public static partial void Created(ILogger logger, string folder, string epoch);

    /// <summary>Logs that a store was opened.</summary>
    [LoggerMessage(2, LogLevel.Information, "Opened the store in {Folder}, epoch {Epoch}, revision {Revision}")]
    public static partial void Opened(ILogger logger, string folder, string epoch, long revision);

    /// <summary>Logs that the state before the last one was taken because the last one is lost.</summary>
    [LoggerMessage(
        3,
        LogLevel.Critical,
        "Recovered the store in {Folder} because {Fault}: the last change of epoch {LostEpoch} is lost, epoch {Epoch} begins at revision {Revision}")]
    public static partial void Recovered(ILogger logger, string folder, string fault, string lostEpoch, string epoch, long revision);

    /// <summary>Logs that a change was refused because it could not be written.</summary>
    [LoggerMessage(4, LogLevel.Error, "Could not write revision {Revision} to the store in {Folder}")]
    public static partial void WriteFailed(ILogger logger, Exception exception, string folder, long revision);

    /// <summary>Logs that a new store was given its first policy.</summary>
    [LoggerMessage(5, LogLevel.Information, "Stored the first policy '{Policy}' as revision {Revision}")]
    public static partial void Seeded(ILogger logger, string policy, long revision);

    /// <summary>Logs that versions of policies were lost; what is served does not depend on them.</summary>
    [LoggerMessage(6, LogLevel.Warning, "Dropped {Lines} damaged lines of history {Path}; policies themselves are whole")]
    public static partial void HistoryDamaged(ILogger logger, string path, int lines);

    /// <summary>Logs that history could not be written anew; it goes on growing.</summary>
    [LoggerMessage(7, LogLevel.Warning, "Could not compact history {Path}")]
    public static partial void HistoryNotCompacted(ILogger logger, Exception exception, string path);
}
