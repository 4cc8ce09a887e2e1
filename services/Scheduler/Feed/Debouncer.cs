using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Feed;

/// <summary>Turns a burst of changes into one: waits until none came for a while, but not for ever.</summary>
internal sealed class Debouncer
{
    private readonly ISchedulerStore _store;
    private readonly FeedOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a debouncer of a store's changes.</summary>
    public Debouncer(ISchedulerStore store, FeedOptions options, TimeProvider time)
    {
        _store = store;
        _options = options;
        _time = time;
    }

    /// <summary>
    /// Returns the newest state after <see cref="FeedOptions.DebounceQuiet"/> without a change, or after
    /// <see cref="FeedOptions.DebounceMax"/> from the call at the latest.
    /// </summary>
    public async Task<StoreState> SettleAsync(StoreState state, CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        while (true)
        {
            var left = _options.DebounceMax - _time.GetElapsedTime(begin);
            var quiet = left < _options.DebounceQuiet ? left : _options.DebounceQuiet;
            if (quiet <= TimeSpan.Zero)
            {
                return state;
            }

            var newer = await _store.WaitForChangeAsync(state, quiet, _time, cancellationToken);
            if (newer is null)
            {
                return state;
            }

            state = newer;
        }
    }
}
