namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Knows which executors of a search hold its set, so that others can copy it from them.</summary>
internal sealed class SetHolders
{
    private readonly Lock _gate = new();
    private readonly List<string> _addresses = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds an executor that holds the set.</summary>
    public void Add(string address)
    {
        lock (_gate)
        {
            if (!_addresses.Contains(address, StringComparer.Ordinal))
            {
                _addresses.Add(address);
            }
        }

        _first.TrySetResult();
    }

    /// <summary>Forgets an executor that cannot give the set.</summary>
    public void Remove(string address)
    {
        lock (_gate)
        {
            _addresses.Remove(address);
        }
    }

    /// <summary>Waits until one holds the set and returns the addresses of all that do now; none when those known have been removed.</summary>
    public async Task<IReadOnlyList<string>> WaitAsync(CancellationToken cancellationToken)
    {
        await _first.Task.WaitAsync(cancellationToken);
        lock (_gate)
        {
            return [.. _addresses];
        }
    }
}
