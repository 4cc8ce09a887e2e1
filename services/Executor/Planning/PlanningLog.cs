using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>Log messages of planning; event ids 300 to 399.</summary>
internal static partial class PlanningLog
{
    /// <summary>No scheduler accepts.</summary>
    [LoggerMessage(300, LogLevel.Warning, "None of {Schedulers} schedulers accepts; next attempt in {Wait}: {Detail}")]
    public static partial void NoScheduler(ILogger logger, int schedulers, TimeSpan wait, string detail);

    /// <summary>A scheduler does not accept.</summary>
    [LoggerMessage(301, LogLevel.Warning, "Scheduler {Scheduler} does not accept, {Code}: {Detail}")]
    public static partial void DialFailed(ILogger logger, string scheduler, StatusCode code, string detail);

    /// <summary>The scheduler answered on a stream.</summary>
    [LoggerMessage(302, LogLevel.Information, "The {Stream} stream to the scheduler is up")]
    public static partial void StreamUp(ILogger logger, string stream);

    /// <summary>Both streams go to a scheduler.</summary>
    [LoggerMessage(303, LogLevel.Information, "Connected to scheduler {Scheduler}")]
    public static partial void Connected(ILogger logger, string scheduler);

    /// <summary>The streams to a scheduler ended.</summary>
    [LoggerMessage(304, LogLevel.Warning, "The streams to scheduler {Scheduler} ended, {Code}: {Detail}")]
    public static partial void Disconnected(ILogger logger, string scheduler, StatusCode code, string detail);

    /// <summary>The streams moved to another scheduler.</summary>
    [LoggerMessage(305, LogLevel.Information, "Moved from scheduler {From} to {To}: {Reason}")]
    public static partial void Moved(ILogger logger, string from, string to, string reason);

    /// <summary>A name could not be looked up.</summary>
    [LoggerMessage(306, LogLevel.Warning, "Schedulers at {Host} could not be looked up: {Detail}")]
    public static partial void NotResolved(ILogger logger, string host, string detail);

    /// <summary>A new snapshot is in use.</summary>
    [LoggerMessage(310, LogLevel.Information, "Applied snapshot {Epoch}/{Revision}: {Policies} policies, {Schedules} schedules")]
    public static partial void SnapshotApplied(ILogger logger, string epoch, long revision, int policies, int schedules);

    /// <summary>A snapshot was refused whole.</summary>
    [LoggerMessage(311, LogLevel.Warning, "Refused snapshot {Epoch}/{Revision}: {Faults}")]
    public static partial void SnapshotRefused(ILogger logger, string epoch, long revision, string faults);

    /// <summary>The last good snapshot was read from disk.</summary>
    [LoggerMessage(312, LogLevel.Information, "Loaded snapshot {Epoch}/{Revision} from disk, confirmed {Age} ago")]
    public static partial void SnapshotLoaded(ILogger logger, string epoch, long revision, TimeSpan age);

    /// <summary>The snapshot on disk cannot be used.</summary>
    [LoggerMessage(313, LogLevel.Warning, "Ignored the snapshot on disk: {Detail}")]
    public static partial void SnapshotFileIgnored(ILogger logger, string detail);

    /// <summary>The snapshot in use could not be written to disk.</summary>
    [LoggerMessage(314, LogLevel.Error, "Could not save snapshot {Epoch}/{Revision}: {Detail}")]
    public static partial void SnapshotNotSaved(ILogger logger, string epoch, long revision, string detail);

    /// <summary>A snapshot older than the one in use was offered.</summary>
    [LoggerMessage(315, LogLevel.Critical, "Refused snapshot {Offered}, older than {HighWater}: the scheduler has gone back in history")]
    public static partial void Regressed(ILogger logger, string offered, string highWater);

    /// <summary>The scheduler stands behind the snapshot in use.</summary>
    [LoggerMessage(316, LogLevel.Warning, "The scheduler stands at snapshot {Bookmark}, behind {Held}, which stays in use")]
    public static partial void SchedulerBehind(ILogger logger, string bookmark, string held);

    /// <summary>A snapshot of the revision in use has another content.</summary>
    [LoggerMessage(317, LogLevel.Warning, "Snapshot {Snapshot} was in use with digest {Before} and is now with {After}")]
    public static partial void OtherContent(ILogger logger, string snapshot, string before, string after);

    /// <summary>What is held is not what the scheduler says it has sent.</summary>
    [LoggerMessage(318, LogLevel.Warning, "Asks for the whole snapshot: {Detail}")]
    public static partial void Relisted(ILogger logger, string detail);

    /// <summary>A plan made from an older snapshot than the one in use was not used.</summary>
    [LoggerMessage(319, LogLevel.Warning, "The scheduler's plan of {RequestId} is of {Made}, older than {Held}: the plan is made here")]
    public static partial void OlderPlan(ILogger logger, string requestId, string made, string held);

    /// <summary>The executor made a plan itself.</summary>
    [LoggerMessage(320, LogLevel.Debug, "Made the plan of {RequestId} from snapshot {Epoch}/{Revision}, confirmed {Age} ago")]
    public static partial void ResolvedLocally(ILogger logger, string requestId, string epoch, long revision, TimeSpan age);

    /// <summary>The executor made a plan without any snapshot.</summary>
    [LoggerMessage(321, LogLevel.Debug, "No snapshot is held: {RequestId} gets plan {Digest}")]
    public static partial void NoSnapshot(ILogger logger, string requestId, string digest);

    /// <summary>The scheduler did not answer in time.</summary>
    [LoggerMessage(322, LogLevel.Warning, "The scheduler gave no plan for {RequestId} in {Timeout} (Planning:PlanTimeout)")]
    public static partial void PlanLate(ILogger logger, string requestId, TimeSpan timeout);
}
