namespace Fovea.GrpcTests.Support;

/// <summary>A counter on which a test can wait.</summary>
internal sealed class Signal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Source)> _waiters = [];
    private int _count;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    public void Add()
    {
        lock (_lock)
        {
            _count++;
            foreach (var waiter in _waiters.Where(waiter => waiter.Count <= _count))
            {
                waiter.Source.TrySetResult();
            }

            _waiters.RemoveAll(waiter => waiter.Count <= _count);
        }
    }

    /// <summary>Waits until the counter has reached a number.</summary>
    public Task ReachAsync(int count)
    {
        lock (_lock)
        {
            if (_count >= count)
            {
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, source));
            return source.Task.WaitAsync(Patience);
        }
    }
}
