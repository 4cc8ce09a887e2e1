using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Renews a lease until disposed, three times in its duration, and tells when its search is to end.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private const int RenewalsInDuration = 3;

    private readonly ISearchStore _store;
    private readonly SearchLease _lease;
    private readonly TimeSpan _duration;
    private readonly Action<StopReason> _stop;
    private readonly ITimer _timer;

    /// <summary>Begins to renew.</summary>
    /// <param name="store">The store.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="duration">How long it lasts each time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Is told, on a thread of the clock, when a newer lease was taken or the search is to be cancelled.</param>
    public LeaseKeeper(ISearchStore store, SearchLease lease, TimeSpan duration, TimeProvider time, Action<StopReason> stop)
    {
        (_store, _lease, _duration, _stop) = (store, lease, duration, stop);
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
            switch (await _store.RenewAsync(_lease, _duration, CancellationToken.None))
            {
                case LeaseState.Lost:
                    _stop(StopReason.LeaseLost);
                    return;
                case LeaseState.CancelWished:
                    _stop(StopReason.Cancelled);
                    break;
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
