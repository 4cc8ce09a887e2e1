namespace Fovea.Scheduler.Store.Redis;

/// <summary>Logs what happens between this scheduler and Redis.</summary>
internal static partial class RedisLog
{
    /// <summary>Logs that a connection was made.</summary>
    [LoggerMessage(1, LogLevel.Information, "Connected to Redis at {Address}")]
    public static partial void Connected(ILogger logger, string address);

    /// <summary>Logs that a connection is given up.</summary>
    [LoggerMessage(2, LogLevel.Warning, "The connection to Redis at {Address} failed, it is made anew")]
    public static partial void Dropped(ILogger logger, string address);

    /// <summary>Logs that changes of others are noticed only by polling.</summary>
    [LoggerMessage(3, LogLevel.Warning, "Cannot subscribe to channel {Channel}: {Fault}; changes are noticed by polling")]
    public static partial void NoHints(ILogger logger, string channel, string fault);

    /// <summary>Logs that the state of Redis was taken over.</summary>
    [LoggerMessage(4, LogLevel.Information, "Opened the store in Redis at {Address}, epoch {Epoch}, revision {Revision}")]
    public static partial void Opened(ILogger logger, string address, string epoch, long revision);

    /// <summary>Logs that an empty Redis was made a store.</summary>
    [LoggerMessage(5, LogLevel.Information, "Made a new store in Redis at {Address}, epoch {Epoch}")]
    public static partial void Created(ILogger logger, string address, string epoch);

    /// <summary>Logs that an operator began a new epoch here.</summary>
    [LoggerMessage(6, LogLevel.Warning, "Began epoch {Epoch} in Redis at {Address} from revision {Revision} of epoch {OldEpoch} (--store-new-epoch)")]
    public static partial void Begun(ILogger logger, string address, string epoch, long revision, string oldEpoch);

    /// <summary>Logs that an operator began a new epoch elsewhere.</summary>
    [LoggerMessage(7, LogLevel.Warning, "Epoch {OldEpoch} was replaced by epoch {Epoch}, revision {Revision}")]
    public static partial void Replaced(ILogger logger, string oldEpoch, string epoch, long revision);

    /// <summary>Logs that what Redis holds is refused.</summary>
    [LoggerMessage(8, LogLevel.Critical, "Redis is not obeyed: {Fault}")]
    public static partial void Regressed(ILogger logger, string fault);

    /// <summary>Logs that Redis holds again what it should.</summary>
    [LoggerMessage(9, LogLevel.Warning, "Redis is obeyed again, epoch {Epoch}, revision {Revision}")]
    public static partial void Healed(ILogger logger, string epoch, long revision);

    /// <summary>Logs that what is served may be old.</summary>
    [LoggerMessage(10, LogLevel.Warning, "Serving epoch {Epoch}, revision {Revision}, which may be old: {Fault}")]
    public static partial void Stale(ILogger logger, string epoch, long revision, string fault);

    /// <summary>Logs that what is served is the newest again.</summary>
    [LoggerMessage(11, LogLevel.Information, "Serving what Redis holds again, epoch {Epoch}, revision {Revision}")]
    public static partial void FreshAgain(ILogger logger, string epoch, long revision);

    /// <summary>Logs that the disk's copy of the state cannot be used.</summary>
    [LoggerMessage(12, LogLevel.Error, "The copy of the state in {Path} cannot be used: {Fault}")]
    public static partial void CopyUnreadable(ILogger logger, string path, string fault);

    /// <summary>Logs that the disk's copy of the state is behind.</summary>
    [LoggerMessage(13, LogLevel.Error, "The copy of the state in {Path} could not be written")]
    public static partial void CopyNotWritten(ILogger logger, Exception exception, string path);
}
