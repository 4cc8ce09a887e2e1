using System.Threading.Channels;

namespace Fovea.Scheduler.Store;

/// <summary>Wakes one waiter early; hints that come before it waits are one hint.</summary>
internal sealed class Hint
{
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the waiter, now or when it next waits.</summary>
    public void Give() => _hints.Writer.TryWrite(true);

    /// <summary>Completes at a hint with true, or once the time has passed with false.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _hints.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Calls <paramref name="refresh"/> at each hint, and whenever <paramref name="longest"/> has passed without one, until cancelled;
    /// while Redis is away, whose link says so, the next call tries again.
    /// </summary>
    public async Task FollowAsync(Func<CancellationToken, Task> refresh, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(longest, time, cancellationToken);
                await refresh(cancellationToken);
            }
            catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
            {
                // Nothing is lost: what could not be read is read next time.
            }
        }
    }
}
