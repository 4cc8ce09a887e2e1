using Microsoft.Extensions.Hosting;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Makes the collector listen from the start, so that nothing measured before the first scrape is lost.</summary>
internal sealed class MetricsStarter : IHostedService
{
    private readonly MetricsCollector _collector;

    /// <summary>Starts this collector.</summary>
    public MetricsStarter(MetricsCollector collector)
    {
        _collector = collector;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _collector.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
