using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>What every session of the feed works with.</summary>
/// <param name="Snapshots">Where snapshots go.</param>
/// <param name="Link">Where the connection's state goes.</param>
/// <param name="Load">Gives the load to report.</param>
/// <param name="Options">Timers.</param>
/// <param name="Time">Clock.</param>
/// <param name="Logger">Log.</param>
internal sealed record FeedDependencies(
    SnapshotStore Snapshots,
    SchedulerLink Link,
    Func<LoadReport> Load,
    PlanningOptions Options,
    TimeProvider Time,
    ILogger Logger);
