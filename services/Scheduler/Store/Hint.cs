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
}
