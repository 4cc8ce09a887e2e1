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

    /// <summary>Logs that a model's shape is known from now on.</summary>
    [LoggerMessage(3, LogLevel.Information, "Model {Model} revision {Revision} is known, announced by executor {Executor}")]
    public static partial void ModelKnown(ILogger logger, string model, string revision, string executor);

    /// <summary>Logs that a model's shape could not be stored; it is known only as long as this process runs.</summary>
    [LoggerMessage(4, LogLevel.Warning, "The shape of model {Model} could not be stored")]
    public static partial void ModelNotStored(ILogger logger, Exception exception, string model);

    /// <summary>Logs that an executor holds a snapshot that this store never made.</summary>
    [LoggerMessage(5, LogLevel.Warning, "Executor {Executor} holds revision {Held} of epoch {Epoch}, ahead of revision {Revision} here")]
    public static partial void Ahead(ILogger logger, string executor, long held, string epoch, long revision);

    /// <summary>Logs that a stored policy cannot serve a model.</summary>
    [LoggerMessage(6, LogLevel.Warning, "Policy {Policy} cannot serve model {Model}: {Faults}")]
    public static partial void PolicyUnfit(ILogger logger, string policy, string model, string faults);
}
