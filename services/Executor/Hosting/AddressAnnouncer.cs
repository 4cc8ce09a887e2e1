using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Hosting;

/// <summary>Tells the address of the executor once it is bound: to its own parts, and to a file.</summary>
internal sealed class AddressAnnouncer : IHostedLifecycleService
{
    private readonly TaskCompletionSource<string> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BoundAddresses _addresses;
    private readonly ServerOptions _options;

    /// <summary>Reads the bound address when the server has started.</summary>
    public AddressAnnouncer(BoundAddresses addresses, IOptions<ServerOptions> options)
    {
        _addresses = addresses;
        _options = options.Value;
    }

    /// <summary>Ends with the address under which others reach this executor.</summary>
    public Task<string> Known => _known.Task;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs when every listener is open.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var bound = _addresses.Grpc ?? throw new InvalidOperationException("The server has started without a listener.");
        _known.TrySetResult(_options.Advertise.Length > 0 ? _options.Advertise : bound);
        if (_options.AddressFile.Length > 0)
        {
            // Whoever waits for the file must never see half of it.
            var pending = $"{_options.AddressFile}.new";
            File.WriteAllText(pending, bound + "\n");
            File.Move(pending, _options.AddressFile, overwrite: true);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
