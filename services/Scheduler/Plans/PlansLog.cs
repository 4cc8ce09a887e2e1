namespace Fovea.Scheduler.Plans;

/// <summary>Logs what happens to plan streams and known models.</summary>
internal static partial class PlansLog
{
    /// <summary>Logs that an executor opened a plan stream.</summary>
    [LoggerMessage(1, LogLevel.Information, "Executor {Executor} opened a plan stream for model {Model} revision {ModelRevision}")]
    public static partial void StreamOpened(ILogger logger, string executor, string model, string modelRevision);

    /// <summary>Logs that a plan stream ended.</summary>
    [LoggerMessage(2, LogLevel.Information, "The plan stream of executor {Executor} ended after {Answers} answers")]
    public static partial void StreamClosed(ILogger logger, string executor, long answers);

    /// <summary>Logs that a stream was cut because its client does not read.</summary>
    [LoggerMessage(3, LogLevel.Warning, "The plan stream of executor {Executor} is cut: answers waited longer than {Timeout} (Plans:SlowConsumerTimeout)")]
    public static partial void SlowConsumer(ILogger logger, string executor, TimeSpan timeout);

    /// <summary>Logs a decision that failed for no fault of the descriptor.</summary>
    [LoggerMessage(4, LogLevel.Error, "The decision on request {Request} failed")]
    public static partial void DecisionFailed(ILogger logger, Exception exception, string request);

    /// <summary>Logs that a model's shape is known from now on.</summary>
    [LoggerMessage(5, LogLevel.Information, "Model {Model} revision {Revision} is known, announced by executor {Executor}")]
    public static partial void ModelKnown(ILogger logger, string model, string revision, string executor);

    /// <summary>Logs that a model's shape could not be stored.</summary>
    [LoggerMessage(6, LogLevel.Warning, "The shape of model {Model} could not be stored")]
    public static partial void ModelNotStored(ILogger logger, Exception exception, string model);

    /// <summary>Logs that a stored policy cannot serve a model.</summary>
    [LoggerMessage(7, LogLevel.Warning, "Policy {Policy} cannot serve model {Model}: {Faults}")]
    public static partial void PolicyUnfit(ILogger logger, string policy, string model, string faults);
}
