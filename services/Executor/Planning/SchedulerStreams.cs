namespace Fovea.Executor.Planning;

/// <summary>Keeps both streams to one scheduler at a time, for as long as the executor runs.</summary>
/// <remarks>
/// <code>
/// 1. connect: the schedulers in the executor's own order, each at once; a wait only after all were tried
/// 2. serve until the connection ends; meanwhile move, the new streams up before the old ones end,
///    when the scheduler drains, the streams are of age, or the preferred scheduler is another one
/// 3. connect again
/// </code>
/// </remarks>
internal sealed class SchedulerStreams : BackgroundService
{
    private readonly ConnectionTools _tools;
    private readonly SchedulerPicker _picker;
    private readonly Func<CancellationToken, Task<ExecutorIdentity>> _identity;
    private readonly ReconnectBackoff _backoff;

    /// <summary>Prepares the streams; they start when the identity is known, which needs a loaded model and a bound port.</summary>
    public SchedulerStreams(
        ConnectionTools tools, SchedulerPicker picker, Func<CancellationToken, Task<ExecutorIdentity>> identity, ReconnectBackoff backoff)
    {
        _tools = tools;
        _picker = picker;
        _identity = identity;
        _backoff = backoff;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_tools.Options.IsAlone)
        {
            return;
        }

        try
        {
            var identity = await _identity(stoppingToken).ConfigureAwait(false);
            var dialer = new SchedulerDialer(_tools, identity);
            while (true)
            {
                var connection = await ConnectAsync(dialer, stoppingToken).ConfigureAwait(false);
                await new SchedulerTenure(_tools, _picker, dialer, _backoff).ServeAsync(connection, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The executor stops.
        }
    }

    private async Task<SchedulerConnection> ConnectAsync(SchedulerDialer dialer, CancellationToken stop)
    {
        var refusals = 0;
        while (true)
        {
            await _picker.RefreshAsync(stop).ConfigureAwait(false);
            while (_picker.Next() is { } scheduler)
            {
                if (await dialer.DialAsync(scheduler, stop).ConfigureAwait(false) is { } connection)
                {
                    return connection;
                }

                refusals += dialer.LastEnd.IsRefusal ? 1 : 0;
                _picker.Failed(scheduler);
            }

            var isRefused = refusals > 0 && refusals >= _picker.Known.Length;
            _tools.Feed.Link.Disconnected(isRefused);
            var wait = _picker.TakeAskedWait() ?? _backoff.Next(isRefused);
            PlanningLog.NoScheduler(_tools.Logger, _picker.Known.Length, wait, dialer.LastEnd.Status.Detail);
            await Task.Delay(wait, _tools.Time, stop).ConfigureAwait(false);
            _picker.BeginRound();
            refusals = 0;
        }
    }
}
