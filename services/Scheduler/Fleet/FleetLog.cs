namespace Fovea.Scheduler.Fleet;

/// <summary>Logs executors that come and go.</summary>
internal static partial class FleetLog
{
    /// <summary>Logs that an executor follows the feed.</summary>
    [LoggerMessage(1, LogLevel.Information, "Executor {Executor} at {Address} follows, model {Model} revision {ModelRevision}, it holds revision {Held}")]
    public static partial void Connected(ILogger logger, string executor, string address, string model, string modelRevision, long held);

    /// <summary>Logs that an executor opened a new stream before its old one had ended.</summary>
    [LoggerMessage(2, LogLevel.Information, "Executor {Executor} opened a new stream, its old one ends")]
    public static partial void Reconnected(ILogger logger, string executor);

    /// <summary>Logs that two executors use one id.</summary>
    [LoggerMessage(3, LogLevel.Warning, "Executor id {Executor} is used at {OldAddress} and now at {NewAddress}: the newer one is followed, ids must be unique")]
    public static partial void Duplicate(ILogger logger, string executor, string oldAddress, string newAddress);

    /// <summary>Logs that an executor's stream ended.</summary>
    [LoggerMessage(4, LogLevel.Information, "Executor {Executor} at {Address} no longer follows")]
    public static partial void Disconnected(ILogger logger, string executor, string address);

    /// <summary>Logs that an executor that went away is no longer listed.</summary>
    [LoggerMessage(5, LogLevel.Information, "Executor {Executor} is no longer listed")]
    public static partial void Forgotten(ILogger logger, string executor);

    /// <summary>Logs that an executor was turned away.</summary>
    [LoggerMessage(6, LogLevel.Warning, "Executor {Executor} is turned away: {Limit} executors are listed already (Fleet:MaxExecutors)")]
    public static partial void Full(ILogger logger, string executor, int limit);
}
