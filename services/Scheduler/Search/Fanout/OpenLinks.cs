namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Holds the executors that take shards now, with a watch on each that has some.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class OpenLinks : IDisposable
{
    private readonly SortedDictionary<string, (ExecutorLink Link, ITimer Watch)> _open = new(StringComparer.Ordinal);
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Action<ExecutorLink> _stuck;

    /// <summary>Begins with none.</summary>
    /// <param name="timeout">Time that an executor with shards may be silent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stuck">Is told of one that was silent for longer, on a thread of the clock.</param>
    public OpenLinks(TimeSpan timeout, TimeProvider time, Action<ExecutorLink> stuck)
    {
        _timeout = timeout;
        _time = time;
        _stuck = stuck;
    }

    /// <summary>Gets how many there are.</summary>
    public int Count => _open.Count;

    /// <summary>Gets the executors' ids in their order.</summary>
    public IReadOnlyCollection<string> Ids => _open.Keys;

    /// <summary>Gets the links in the order of the executors' ids.</summary>
    public IEnumerable<ExecutorLink> Links => _open.Values.Select(item => item.Link);

    /// <summary>Returns the link of an executor, or null.</summary>
    public ExecutorLink? Find(string executor) => _open.TryGetValue(executor, out var item) ? item.Link : null;

    /// <summary>Adds an executor; one of the same id is replaced.</summary>
    public void Add(ExecutorLink link)
    {
        _ = Find(link.ExecutorId) is { } old && Remove(old);
        _open[link.ExecutorId] = (link, _time.CreateTimer(_ => _stuck(link), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Removes an executor; false unless this very link is open.</summary>
    public bool Remove(ExecutorLink link)
    {
        if (!_open.TryGetValue(link.ExecutorId, out var item) || item.Link != link)
        {
            return false;
        }

        item.Watch.Dispose();
        return _open.Remove(link.ExecutorId);
    }

    /// <summary>Begins to wait anew for the executor's next score, or waits for none when it has no shards.</summary>
    public void Watch(string executor, bool hasShards)
    {
        if (_open.TryGetValue(executor, out var item))
        {
            item.Watch.Change(hasShards ? _timeout : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, watch) in _open.Values)
        {
            watch.Dispose();
        }
    }
}
