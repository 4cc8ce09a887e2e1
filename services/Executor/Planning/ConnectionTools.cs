namespace Fovea.Executor.Planning;

/// <summary>What connections to schedulers are made with.</summary>
/// <param name="Feed">What the feed works with.</param>
/// <param name="Channels">Opens channels.</param>
/// <param name="Plans">Gets the plan stream in use.</param>
internal sealed record ConnectionTools(FeedDependencies Feed, SchedulerChannels Channels, PlanRoute Plans)
{
    /// <summary>Timers and limits.</summary>
    public PlanningOptions Options => Feed.Options;

    /// <summary>Clock.</summary>
    public TimeProvider Time => Feed.Time;

    /// <summary>Log.</summary>
    public ILogger Logger => Feed.Logger;
}
