using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Feed;

/// <summary>Tells the tracker of each change of the store at the moment at which it is seen here.</summary>
internal sealed class ConvergenceWatch : BackgroundService
{
    private readonly ISchedulerStore _store;
    private readonly ConvergenceTracker _tracker;

    /// <summary>Makes the watch.</summary>
    public ConvergenceWatch(ISchedulerStore store, ConvergenceTracker tracker)
    {
        _store = store;
        _tracker = tracker;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var state = _store.Current;
        try
        {
            while (true)
            {
                _tracker.Changed(state.Epoch, state.Revision);
                state = await _store.WaitForChangeAsync(state, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The scheduler stops.
        }
    }
}
