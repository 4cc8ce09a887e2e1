using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Writes to the log, and to files where options name them, on which ports the server listens.</summary>
internal sealed class AddressReporter : IHostedLifecycleService
{
    private readonly BoundAddresses _addresses;
    private readonly ServiceDefaultsOptions _options;
    private readonly ILogger<AddressReporter> _logger;

    /// <summary>Reports these addresses.</summary>
    public AddressReporter(BoundAddresses addresses, IOptions<ServiceDefaultsOptions> options, ILogger<AddressReporter> logger)
    {
        _addresses = addresses;
        _options = options.Value;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_addresses.Grpc is { } grpc)
        {
            HostingLog.ListeningForGrpc(_logger, grpc);
            WritePort(_options.PortFile, grpc);
        }

        if (_addresses.Metrics is { } metrics)
        {
            HostingLog.ListeningForMetrics(_logger, metrics);
            WritePort(_options.MetricsPortFile, metrics);
        }

        if (_addresses.Health is { } health)
        {
            HostingLog.ListeningForHealth(_logger, health);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Whoever waits for the file must never see half of it.
    private static void WritePort(string? file, string address)
    {
        if (file is null)
        {
            return;
        }

        var path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, BoundAddresses.PortOf(address).ToString(CultureInfo.InvariantCulture) + "\n");
        File.Move(temporary, path, overwrite: true);
    }
}
