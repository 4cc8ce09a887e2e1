namespace Fovea.Scheduler.Store;

/// <summary>Holds the newest state: read without a lock, and awaited by those who follow it.</summary>
internal sealed class StateCell
{
    private volatile Entry _entry;

    /// <summary>Starts with a state.</summary>
    public StateCell(StoreState state) => _entry = new Entry(state);

    /// <summary>Gets the newest state.</summary>
    public StoreState Value => _entry.State;

    /// <summary>Makes a state the newest and wakes who waits. Only one writer publishes at a time.</summary>
    public void Publish(StoreState state)
    {
        var replaced = _entry;
        _entry = new Entry(state);
        replaced.Replaced.SetResult();
    }

    /// <summary>Completes with the newest state as soon as it is not <paramref name="seen"/>.</summary>
    public async Task<StoreState> WaitForChangeAsync(StoreState seen, CancellationToken cancellationToken)
    {
        var entry = _entry;
        if (ReferenceEquals(entry.State, seen))
        {
            await entry.Replaced.Task.WaitAsync(cancellationToken);
        }

        return _entry.State;
    }

    private sealed class Entry(StoreState state)
    {
        public StoreState State { get; } = state;

        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
