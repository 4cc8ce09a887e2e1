namespace Fovea.Faults.Tests.Proxies;

/// <summary>Is a clock that stands still until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state), GetTimestamp() + dueTime.Ticks);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        _armed.TrySetResult();
        return timer;
    }

    /// <summary>Completes once a timer was armed.</summary>
    public Task WaitForTimerAsync() => _armed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Lets everything that is ready to run do so.</summary>
    public async Task WaitForNothingAsync()
    {
        for (var turn = 0; turn < 100; turn++)
        {
            await Task.Yield();
        }
    }

    public void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _ticks, by.Ticks);
        List<ManualTimer> due;
        lock (_gate)
        {
            due = _timers.FindAll(timer => timer.Due <= now);
            _timers.RemoveAll(timer => timer.Due <= now);
        }

        due.ForEach(timer => timer.Fire());
    }

    private sealed class ManualTimer : ITimer
    {
        private readonly Action _fire;
        private volatile bool _isGone;

        public ManualTimer(Action fire, long due)
        {
            _fire = fire;
            Due = due;
        }

        public long Due { get; }

        public void Fire()
        {
            if (!_isGone)
            {
                _fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => _isGone = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
