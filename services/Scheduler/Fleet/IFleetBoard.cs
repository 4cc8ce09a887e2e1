using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Fleet;

/// <summary>Shows the executors of the whole fleet, whichever scheduler they follow.</summary>
internal interface IFleetBoard
{
    /// <summary>
    /// Gets a task that completes when an executor next comes or goes. Whoever takes it before <see cref="List"/> misses nothing.
    /// </summary>
    Task Changed { get; }

    /// <summary>Returns what is known of every executor, by id.</summary>
    IReadOnlyList<ExecutorStatus> List();
}
