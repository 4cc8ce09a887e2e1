namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a clock that stands still until it is moved; timers fire while it is being moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<bool> IsReached, TaskCompletionSource Armed)> _waiters = [];
    private int _arms;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Gets how often timers were armed in all.</summary>
    public int Arms
    {
        get
        {
            lock (_gate)
            {
                return _arms;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires, in order, every timer that is due by then.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset until;
        lock (_gate)
        {
            until = _now + by;
        }

        while (TakeDue(until) is { } due)
        {
            due.Fire();
        }

        lock (_gate)
        {
            _now = until;
        }
    }

    /// <summary>Completes once a timer with exactly this due time is armed.</summary>
    public Task WaitForTimerAsync(TimeSpan due) => WaitAsync(() => _timers.Exists(timer => timer.DueTime == due));

    /// <summary>Completes once timers were armed this many times in all.</summary>
    public Task WaitForArmsAsync(int count) => WaitAsync(() => _arms >= count);

    private Task WaitAsync(Func<bool> isReached)
    {
        lock (_gate)
        {
            if (isReached())
            {
                return Task.CompletedTask;
            }

            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((isReached, armed));
            return armed.Task.WaitAsync(Limits.Step);
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (due is not null)
            {
                _timers.Remove(due);
                _now = due.Due > _now ? due.Due : _now;
            }

            return due;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            (timer.Due, timer.DueTime) = (_now + dueTime, dueTime);
            _timers.Add(timer);
            _arms++;
            foreach (var waiter in _waiters.Where(waiter => waiter.IsReached()))
            {
                waiter.Armed.TrySetResult();
            }

            _waiters.RemoveAll(waiter => waiter.Armed.Task.IsCompleted);
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan DueTime { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => time.Arm(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
