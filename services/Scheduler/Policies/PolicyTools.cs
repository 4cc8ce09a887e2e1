using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Policies;

/// <summary>Holds what changes of policies are made with.</summary>
/// <param name="Store">The store.</param>
/// <param name="States">Served forms of its states.</param>
/// <param name="Limit">Keeps the snapshot small enough.</param>
/// <param name="Time">The clock.</param>
/// <param name="Canaries">Instruments of canaries.</param>
internal sealed record PolicyTools(ISchedulerStore Store, ServingStates States, SnapshotLimit Limit, TimeProvider Time, CanaryMetrics Canaries);
