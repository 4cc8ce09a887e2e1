using Fovea.ServiceDefaults.Health;
using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Drain;

/// <summary>Drains the server when it is told to stop, so that no call that was taken is lost.</summary>
/// <remarks>
/// <code>
/// (1) told to stop   health is NOT_SERVING; calls are still taken, for nobody may know of it yet
/// (2) DrainDelay     those who send calls here learn of it and stop
/// (3) drain signal   new calls are refused with UNAVAILABLE; long streams tell their clients to move
/// (4) listener       closes; running calls have ShutdownTimeout to end
/// (5) the rest       stops, last what the server follows others by
/// </code>
/// Without a delay, 1 to 3 are one step.
/// </remarks>
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
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Announce();
        try
        {
            await Task.Delay(_options.DrainDelay, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The time to stop is over: calls are refused at once.
        }

        Refuse();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Begin()
    {
        Announce();
        if (_options.DrainDelay == TimeSpan.Zero)
        {
            Refuse();
        }
    }

    private void Announce()
    {
        if (!_health.IsDrained)
        {
            DrainLog.Announced(_logger, _options.DrainDelay);
            _health.Drain();
        }
    }

    private void Refuse()
    {
        if (!_signal.IsDraining)
        {
            DrainLog.Draining(_logger, _options.ShutdownTimeout);
            _signal.Begin();
        }
    }
}
