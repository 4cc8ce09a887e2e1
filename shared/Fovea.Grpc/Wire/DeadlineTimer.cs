namespace Grpc.Wire;

/// <summary>Calls back once when a moment is reached, however far away it is.</summary>
internal sealed class DeadlineTimer : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly DateTime _deadline;
    private readonly TimeProvider _time;
    private readonly Action _expired;
    private readonly ITimer _timer;

    /// <summary>Starts waiting.</summary>
    /// <param name="deadline">The moment, in UTC.</param>
    /// <param name="time">The clock.</param>
    /// <param name="expired">What to call; it runs on a timer thread.</param>
    public DeadlineTimer(DateTime deadline, TimeProvider time, Action expired)
    {
        _deadline = deadline;
        _time = time;
        _expired = expired;
        _timer = time.CreateTimer(static state => ((DeadlineTimer)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    /// <summary>Stops waiting; a callback that is running goes on.</summary>
    public void Dispose() => _timer.Dispose();

    /// <summary>Stops waiting, and returns after a callback that is running.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tick()
    {
        // A timer may fire a little early; the deadline is reached only when the clock says so.
        if (Remaining() > TimeSpan.Zero)
        {
            Arm();
        }
        else
        {
            _expired();
        }
    }

    private void Arm()
    {
        var remaining = Remaining();
        var wait = remaining > LongestWait ? LongestWait : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, remaining.TotalMilliseconds)));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Remaining() => _deadline - _time.GetUtcNow().UtcDateTime;
}
