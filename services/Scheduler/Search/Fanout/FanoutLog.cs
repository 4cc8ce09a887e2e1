namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Logs what happens to the executors of a search.</summary>
internal static partial class FanoutLog
{
    /// <summary>Logs that an executor joined.</summary>
    [LoggerMessage(1, LogLevel.Information, "Executor {Executor} scores set {Set}, {Open} do now")]
    public static partial void LinkOpened(ILogger logger, string executor, string set, int open);

    /// <summary>Logs that an executor cannot be used for now.</summary>
    [LoggerMessage(2, LogLevel.Information, "Executor {Executor} at {Address} does not score ({Reason}), it is called again in {Wait}")]
    public static partial void LinkLost(ILogger logger, string executor, string address, string reason, TimeSpan wait);

    /// <summary>Logs that an executor copied the set.</summary>
    [LoggerMessage(3, LogLevel.Information, "Executor {Executor} copied set {Set} from {Holder}")]
    public static partial void SetFetched(ILogger logger, string executor, string set, string holder);

    /// <summary>Logs that an executor could not copy the set.</summary>
    [LoggerMessage(4, LogLevel.Warning, "Executor {Executor} could not copy set {Set} from {Holder}: {Reason}")]
    public static partial void SetNotFetched(ILogger logger, string executor, string set, string holder, string reason);

    /// <summary>Logs that shards are run again.</summary>
    [LoggerMessage(5, LogLevel.Information, "{Samples} questions of executor {Executor} are scored again elsewhere")]
    public static partial void Rerun(ILogger logger, int samples, string executor);

    /// <summary>Logs that an executor with shards is silent.</summary>
    [LoggerMessage(6, LogLevel.Warning, "Executor {Executor} gave no score within {Timeout} (Search:ShardTimeout), its stream is ended")]
    public static partial void Stuck(ILogger logger, string executor, TimeSpan timeout);

    /// <summary>Logs that an executor could not score a shard for now.</summary>
    [LoggerMessage(7, LogLevel.Information, "Executor {Executor} could not score a shard: {Code}, {Message}")]
    public static partial void ShardNotScored(ILogger logger, string executor, int code, string message);
}
