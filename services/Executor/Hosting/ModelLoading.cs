using Fovea.Executor.Intake;
using Fovea.ServiceDefaults.Health;

namespace Fovea.Executor.Hosting;

/// <summary>Loads the model while the server already answers health, and stops the process when it cannot be loaded.</summary>
internal sealed class ModelLoading : BackgroundService
{
    private readonly ServedModelLoader _loader;
    private readonly ModelHost _host;
    private readonly StartFaults _faults;
    private readonly HealthState _health;
    private readonly ILogger<ModelLoading> _logger;

    /// <summary>Prepares loading.</summary>
    public ModelLoading(
        ServedModelLoader loader, ModelHost host, HealthState health, StartFaults faults, ILogger<ModelLoading> logger)
    {
        _loader = loader;
        _host = host;
        _health = health;
        _faults = faults;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (_host.Current is { } model)
        {
            await model.Engine.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var model = await Task.Run(_loader.LoadAsync, stoppingToken).ConfigureAwait(false);
            _host.Set(model);
            _health.Set(string.Empty, HealthStatus.Serving);
            _health.Set(Contracts.V1.InferenceService.Descriptor.FullName, HealthStatus.Serving);
            HostingLog.Serving(_logger, model.Profile.Name, model.Profile.Revision, model.Placement.DType, model.Placement.Device);
        }
        catch (AggregateException e)
        {
            _faults.Stop([.. e.InnerExceptions.Select(fault => fault.Message)]);
        }
    }
}
