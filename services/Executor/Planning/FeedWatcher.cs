namespace Fovea.Executor.Planning;

/// <summary>Follows the scheduler's snapshots for as long as the executor runs.</summary>
internal sealed class FeedWatcher : BackgroundService
{
    private readonly FeedDependencies _with;
    private readonly Func<CancellationToken, Task<ExecutorIdentity>> _identity;
    private readonly ReconnectLoop _loop;

    /// <summary>Prepares the feed; it starts when the identity is known, which needs a loaded model and a bound port.</summary>
    public FeedWatcher(FeedDependencies with, Func<CancellationToken, Task<ExecutorIdentity>> identity, Random jitter)
    {
        _with = with;
        _identity = identity;
        _loop = new ReconnectLoop("feed", new ReconnectBackoff(with.Options, jitter), with.Time, with.Logger);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var identity = await _identity(stoppingToken).ConfigureAwait(false);
            await _loop.RunAsync(stop => SessionAsync(identity, stop), stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The executor stops.
        }
    }

    private async Task<TimeSpan?> SessionAsync(ExecutorIdentity identity, CancellationToken stop)
    {
        var refused = false;
        try
        {
            return await new FeedSession(_with, identity, _loop).RunAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            refused = ReconnectLoop.IsRefusal(e);
            throw;
        }
        finally
        {
            _with.Link.Disconnected(refused);
        }
    }
}
