namespace Fovea.Scheduler.Search.Journal;

/// <summary>Keeps every search as a journal: what was asked, each finished trial, how it ended.</summary>
/// <remarks>
/// A journal has one writer at a time, the holder of its lease. Each lease has a fencing token that is larger than all before it, and
/// an entry is refused once a newer lease was taken: a runner that was believed dead cannot write over the one that took its place.
/// </remarks>
internal interface ISearchStore : IDisposable
{
    /// <summary>Gets a task that completes when any search next changes. Whoever takes it before reading misses nothing.</summary>
    Task Changed { get; }

    /// <summary>Completes once searches can be read, or known to be read later; awaited once, before anything else is called.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new search; returns the one that its request id has started already, if there is one.</summary>
    /// <exception cref="Store.StoreUnavailableException">It could not be made durable.</exception>
    Task<SearchRecord> CreateAsync(SearchEntry.Created entry, CancellationToken cancellationToken);

    /// <summary>Returns the search that a request has started, or null.</summary>
    SearchRecord? FindRequest(string requestId);

    /// <summary>Returns every search, newest first.</summary>
    IReadOnlyList<SearchRecord> List();

    /// <summary>Returns a search, or null.</summary>
    SearchRecord? Read(string id);

    /// <summary>Takes the lease of a search; null while another holder's has not expired.</summary>
    /// <exception cref="Store.StoreUnavailableException">It could not be made durable.</exception>
    Task<SearchLease?> TryLeaseAsync(string id, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Prolongs a lease unless a newer one was taken, and says whether the search is to be cancelled.</summary>
    Task<LeaseState> RenewAsync(SearchLease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>
    /// Asks whoever holds the lease with this token to cancel the search; it reads that as it renews the lease. A newer lease voids the
    /// wish. False when a newer one was taken already, which is known here then.
    /// </summary>
    /// <exception cref="Store.StoreUnavailableException">It could not be made durable.</exception>
    Task<bool> TryWishCancelAsync(string id, long token, CancellationToken cancellationToken);

    /// <summary>Gives a lease back, so that the next need not wait for it to expire.</summary>
    Task ReleaseAsync(SearchLease lease, CancellationToken cancellationToken);

    /// <summary>Adds an entry and returns the search once it is durable.</summary>
    /// <exception cref="StaleTokenException">A newer lease was taken; nothing is written.</exception>
    /// <exception cref="Store.StoreUnavailableException">It could not be made durable.</exception>
    Task<SearchRecord> AppendAsync(SearchLease lease, SearchEntry entry, CancellationToken cancellationToken);
}
