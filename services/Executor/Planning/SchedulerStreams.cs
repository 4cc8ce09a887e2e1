using Microsoft.Extensions.Options;

namespace Fovea.Executor.Planning;

/// <summary>Starts and stops both streams to the scheduler, when there is one.</summary>
internal sealed class SchedulerStreams : IHostedService
{
    private readonly FeedWatcher _feed;
    private readonly PlanStream _plans;
    private readonly bool _alone;

    /// <summary>Takes both streams.</summary>
    public SchedulerStreams(FeedWatcher feed, PlanStream plans, IOptions<PlanningOptions> options)
    {
        _feed = feed;
        _plans = plans;
        _alone = options.Value.IsAlone;
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_alone)
        {
            await _feed.StartAsync(cancellationToken).ConfigureAwait(false);
            await _plans.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_feed.StopAsync(cancellationToken), _plans.StopAsync(cancellationToken));
}
