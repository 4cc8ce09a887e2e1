using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Fleet;

/// <summary>Is what another scheduler has published.</summary>
/// <param name="Executors">Its executors as it published them.</param>
/// <param name="Read">Timestamp of the clock just before they were read here.</param>
/// <param name="Age">How long before that they were published.</param>
internal sealed record FleetPage(IReadOnlyList<ExecutorStatus> Executors, long Read, TimeSpan Age)
{
    /// <summary>Returns the executors with the silence that they have now.</summary>
    public IEnumerable<ExecutorStatus> Now(TimeProvider time)
    {
        var age = Age + time.GetElapsedTime(Read);
        return Executors.Select(status => FleetMerge.Aged(status, age));
    }
}
