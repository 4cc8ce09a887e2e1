using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Renews a lease until disposed, three times in its duration, and tells when it was lost to another runner.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private const int RenewalsInDuration = 3;

    private readonly ISearchStore _store;
    private readonly SearchLease _lease;
    private readonly TimeSpan _duration;
    private readonly Action _lost;
    private readonly ITimer _timer;

    /// <summary>Begins to renew.</summary>
    /// <param name="store">The store.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="duration">How long it lasts each time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lost">Is told, on a thread of the clock, when a newer lease was taken.</param>
    public LeaseKeeper(ISearchStore store, SearchLease lease, TimeSpan duration, TimeProvider time, Action lost)
    {
        (_store, _lease, _duration, _lost) = (store, lease, duration, lost);
        _timer = time.CreateTimer(_ => _ = RenewAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Arm() => _timer.Change(_duration / RenewalsInDuration, Timeout.InfiniteTimeSpan);

    private async Task RenewAsync()
    {
        try
        {
            if (!await _store.TryRenewAsync(_lease, _duration, CancellationToken.None))
            {
                _lost();
                return;
            }
        }
        catch (Store.StoreUnavailableException)
        {
            // The next renewal may succeed; fencing keeps the journal right if it does not.
        }

        try
        {
            Arm();
        }
        catch (ObjectDisposedException)
        {
            // The runner has ended meanwhile.
        }
    }
}
