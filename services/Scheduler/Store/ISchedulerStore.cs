using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Store;

/// <summary>Keeps the scheduler's state: durable, changed only by compare-and-set, and followed by generation.</summary>
/// <remarks>
/// A change is computed from a state and committed only if that state is still the newest, so what was checked against
/// it still holds. <see cref="StoreTransaction"/> repeats that until it succeeds.
/// </remarks>
internal interface ISchedulerStore : IDisposable
{
    /// <summary>Completes once <see cref="Current"/> can be served; awaited once, before anything else is called.</summary>
    /// <exception cref="StoreOpenException">There is nothing that could be served.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Gets the newest state known here. Reading takes no lock and never fails.</summary>
    StoreState Current { get; }

    /// <summary>Gets whether <see cref="Current"/> may be behind what others have committed.</summary>
    StoreStatus Status { get; }

    /// <summary>
    /// Commits a change on top of <paramref name="basis"/> and returns the new state once it is durable;
    /// returns null, with nothing changed, when <paramref name="basis"/> is not the newest state.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The change could not be made durable.</exception>
    Task<StoreState?> TryCommitAsync(StoreState basis, StoreChange change, CancellationToken cancellationToken);

    /// <summary>Completes with the newest state as soon as that is not <paramref name="seen"/>; states in between are skipped.</summary>
    Task<StoreState> WaitForChangeAsync(StoreState seen, CancellationToken cancellationToken);

    /// <summary>
    /// Returns at most <paramref name="limit"/> versions of a policy, newest first, those of removed policies and of epochs before
    /// included; none for a name that was never stored.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    Task<IReadOnlyList<PolicyVersion>> HistoryAsync(string policy, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Returns every change of policies of this epoch after a revision, oldest first, those of <see cref="Current"/> included;
    /// null when history no longer reaches back that far.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    Task<IReadOnlyList<PolicyVersion>?> EventsAfterAsync(long revision, CancellationToken cancellationToken);
}
