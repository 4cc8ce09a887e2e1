using Fovea.Contracts.V1;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Holds the newest state of a running search: read without a lock, and awaited by any number of watchers.</summary>
/// <remarks>Watchers that are slow skip states; nothing is kept for them.</remarks>
internal sealed class LiveSearch
{
    private volatile Entry _entry;

    /// <summary>Starts with a state.</summary>
    public LiveSearch(SearchMessage search) => _entry = new Entry(new SearchUpdate { Search = search });

    /// <summary>Gets the newest state; shared and never changed.</summary>
    public SearchUpdate Newest => _entry.Update;

    /// <summary>Makes a state the newest and wakes who waits. Only one thread publishes at a time.</summary>
    public void Publish(SearchUpdate update)
    {
        var replaced = _entry;
        _entry = new Entry(update);
        replaced.Replaced.SetResult();
    }

    /// <summary>Completes with the newest state as soon as it is not <paramref name="seen"/>.</summary>
    public async Task<SearchUpdate> WaitAsync(SearchUpdate seen, CancellationToken cancellationToken)
    {
        var entry = _entry;
        if (ReferenceEquals(entry.Update, seen))
        {
            await entry.Replaced.Task.WaitAsync(cancellationToken);
        }

        return _entry.Update;
    }

    private sealed class Entry(SearchUpdate update)
    {
        public SearchUpdate Update { get; } = update;

        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
