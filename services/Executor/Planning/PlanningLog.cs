using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>Log messages of planning; event ids 300 to 399.</summary>
internal static partial class PlanningLog
{
    /// <summary>A stream to the scheduler ended without an error.</summary>
    [LoggerMessage(300, LogLevel.Information, "The {Stream} stream to the scheduler ended; next attempt in {Wait}")]
    public static partial void StreamEnded(ILogger logger, string stream, TimeSpan wait);

    /// <summary>A stream to the scheduler broke or could not be opened.</summary>
    [LoggerMessage(301, LogLevel.Warning, "The {Stream} stream to the scheduler failed with {Code}; next attempt in {Wait}: {Detail}")]
    public static partial void StreamFailed(ILogger logger, string stream, StatusCode code, TimeSpan wait, string detail);

    /// <summary>The scheduler answered on a stream.</summary>
    [LoggerMessage(302, LogLevel.Information, "The {Stream} stream to the scheduler is up")]
    public static partial void StreamUp(ILogger logger, string stream);

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
