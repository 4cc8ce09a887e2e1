using Fovea.ServiceDefaults.Health;
using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Drain;

/// <summary>
/// Drains the server when it is told to stop: health first, so that nobody new is sent here; then the drain signal; then, after
/// <see cref="ServiceDefaultsOptions.DrainDelay"/>, the listener closes and running calls have the shutdown timeout to end.
/// </summary>
internal sealed class DrainService : IHostedLifecycleService
{
    private readonly HealthState _health;
    private readonly DrainSignal _signal;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ServiceDefaultsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DrainService> _logger;

    /// <summary>Drains this server.</summary>
    public DrainService(
        HealthState health, DrainSignal signal, IHostApplicationLifetime lifetime, IOptions<ServiceDefaultsOptions> options, DrainTools tools)
    {
        _health = health;
        _signal = signal;
        _lifetime = lifetime;
        _options = options.Value;
        _time = tools.Time;
        _logger = tools.Logger;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lifetime.ApplicationStopping.Register(Begin);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_options.ServingWhenStarted)
        {
            _health.Set("", HealthStatus.Serving);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Begin();
        return _options.DrainDelay > TimeSpan.Zero ? Task.Delay(_options.DrainDelay, _time, cancellationToken) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Begin()
    {
        if (!_signal.IsDraining)
        {
            DrainLog.Draining(_logger, _options.ShutdownTimeout);
            _health.Drain();
            _signal.Begin();
        }
    }
}
