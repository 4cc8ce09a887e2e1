namespace Fovea.Executor.Intake;

/// <summary>Leads the executor out of service: first no more requests, then a wait for those that run, then an end to what is left.</summary>
internal sealed class DrainState : IDisposable
{
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _inside;
    private bool _draining;

    /// <summary>Fires when running requests are ended.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Counts a request in.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            _inside++;
        }
    }

    /// <summary>Counts a request out.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _inside--;
            CheckEmpty();
        }
    }

    /// <summary>Refuses a new request while draining.</summary>
    /// <exception cref="RequestRefusedException">The executor drains.</exception>
    public void RequireOpen()
    {
        lock (_gate)
        {
            if (_draining)
            {
                throw new RequestRefusedException(
                    RefusalReason.Draining, "The executor is stopping; another one may serve the request.", TimeSpan.Zero);
            }
        }
    }

    /// <summary>Takes no more requests and waits for those inside; those left after <paramref name="limit"/> are ended.</summary>
    public async Task DrainAsync(TimeSpan limit, TimeProvider time)
    {
        lock (_gate)
        {
            _draining = true;
            CheckEmpty();
        }

        try
        {
            await _empty.Task.WaitAsync(limit, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _cut.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cut.Dispose();

    private void CheckEmpty()
    {
        if (_draining && _inside == 0)
        {
            _empty.TrySetResult();
        }
    }
}
