namespace Fovea.Executor.Planning;

/// <summary>The time from one connection to the moment at which none is left; within it the executor moves without a gap.</summary>
internal sealed class SchedulerTenure
{
    private const double AgeJitter = 0.1;

    private readonly ConnectionTools _tools;
    private readonly SchedulerPicker _picker;
    private readonly SchedulerDialer _dialer;
    private readonly ReconnectBackoff _backoff;
    private readonly List<Task> _retiring = [];
    private SchedulerConnection _current = null!;
    private TimeSpan _age;
    private long _born;
    private long _taken;
    private bool _isDraining;

    /// <summary>Prepares the time after a connection was made.</summary>
    public SchedulerTenure(ConnectionTools tools, SchedulerPicker picker, SchedulerDialer dialer, ReconnectBackoff backoff)
    {
        _tools = tools;
        _picker = picker;
        _dialer = dialer;
        _backoff = backoff;
    }

    /// <summary>Serves by a connection, and by those that follow it, until one ends before another is there.</summary>
    public async Task ServeAsync(SchedulerConnection first, CancellationToken stop)
    {
        Take(first);
        try
        {
            while (!_current.Ended.IsCompleted)
            {
                await WaitAsync(stop).ConfigureAwait(false);
                await ActAsync(stop).ConfigureAwait(false);
            }

            var end = await _current.Ended.ConfigureAwait(false);
            _dialer.Ended(end);
            PlanningLog.Disconnected(_tools.Logger, _current.Scheduler.ToString(), end.Status.StatusCode, end.Status.Detail);
            ForgiveIfLong();
            if (end.RetryAfter is { } retryAfter)
            {
                _picker.Drained(_current.Scheduler, retryAfter);
            }
            else
            {
                _picker.Failed(_current.Scheduler);
            }
        }
        finally
        {
            _tools.Plans.Use(null);
            _tools.Feed.Link.Disconnected(refused: false);
            _tools.Feed.Link.Scheduler = string.Empty;
            await _current.DisposeAsync().ConfigureAwait(false);
            await Task.WhenAll(_retiring).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var left = _age - _tools.Time.GetElapsedTime(_born);
        var tick = left < _tools.Options.ResolveInterval ? left : _tools.Options.ResolveInterval;
        var timer = Task.Delay(tick > TimeSpan.Zero ? tick : TimeSpan.Zero, _tools.Time, end.Token);
        var waits = new List<Task> { _current.Ended, _current.Replaced, timer };
        if (!_isDraining)
        {
            waits.Add(_current.Draining);
        }

        await Task.WhenAny(waits).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }

    private async Task ActAsync(CancellationToken stop)
    {
        if (_current.Replaced.IsCompleted)
        {
            _current.Leave("a newer feed under this executor's id has taken the place; ids must be unique");
            await _current.Ended.ConfigureAwait(false);
            return;
        }

        if (_current.Draining.IsCompleted && !_isDraining)
        {
            _isDraining = true;
            await LeaveDrainingAsync(stop).ConfigureAwait(false);
        }
        else if (_tools.Time.GetElapsedTime(_born) >= _age)
        {
            await RedialAsync(stop).ConfigureAwait(false);
        }
        else if (_tools.Time.GetElapsedTime(_born) >= _tools.Options.ResolveInterval)
        {
            await FollowPreferenceAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Moves to the first other scheduler that accepts, or back to the same one after the time that it asked for.</summary>
    private async Task LeaveDrainingAsync(CancellationToken stop)
    {
        await _picker.RefreshAsync(stop).ConfigureAwait(false);
        foreach (var other in _picker.Known.Where(other => other.Address != _current.Scheduler.Address))
        {
            if (await TryMoveAsync(other, "it drains", stop).ConfigureAwait(false))
            {
                return;
            }
        }

        // Nobody else is there: the same one is dialled when its time has come.
        var retryAfter = await _current.Draining.ConfigureAwait(false);
        (_age, _born) = (retryAfter, _tools.Time.GetTimestamp());
    }

    private async Task RedialAsync(CancellationToken stop)
    {
        await _picker.RefreshAsync(stop).ConfigureAwait(false);
        var next = _isDraining ? _current.Scheduler : _picker.Preferred ?? _current.Scheduler;
        if (!await TryMoveAsync(next, _isDraining ? "it drains" : "its streams are of age", stop).ConfigureAwait(false))
        {
            (_age, _born) = (_tools.Options.ResolveInterval, _tools.Time.GetTimestamp());
        }
    }

    private async Task FollowPreferenceAsync(CancellationToken stop)
    {
        await _picker.RefreshAsync(stop).ConfigureAwait(false);
        if (_picker.Preferred is { } preferred && preferred.Address != _current.Scheduler.Address)
        {
            await TryMoveAsync(preferred, "another one is preferred", stop).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the new streams, uses them, and only then ends the old ones.</summary>
    private async Task<bool> TryMoveAsync(SchedulerEndpoint to, string reason, CancellationToken stop)
    {
        if (await _dialer.DialAsync(to, stop).ConfigureAwait(false) is not { } next)
        {
            _picker.Failed(to);
            return false;
        }

        PlanningLog.Moved(_tools.Logger, _current.Scheduler.ToString(), to.ToString(), reason);
        var old = _current;
        Take(next);
        _retiring.RemoveAll(task => task.IsCompleted);
        _retiring.Add(old.RetireAsync(stop));
        return true;
    }

    /// <summary>Lets the next attempts be quick again, unless the connection broke as soon as it was made.</summary>
    private void ForgiveIfLong()
    {
        if (_current.Answered.IsCompleted && _tools.Time.GetElapsedTime(_taken) >= _tools.Options.ReconnectBase)
        {
            _picker.BeginRound();
            _backoff.Reset();
        }
    }

    private void Take(SchedulerConnection connection)
    {
        _current = connection;
        _isDraining = false;
        _born = _taken = _tools.Time.GetTimestamp();
        _age = _backoff.Spread(_tools.Options.StreamAge, AgeJitter);
        _picker.Taken(connection.Scheduler);
        _tools.Plans.Use(connection.Plans);
        _tools.Feed.Link.Scheduler = connection.Scheduler.ToString();
    }
}
