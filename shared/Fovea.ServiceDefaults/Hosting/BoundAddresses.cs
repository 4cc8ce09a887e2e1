using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Knows, once the server is up, where it really listens.</summary>
public sealed class BoundAddresses
{
    private readonly IServer _server;
    private readonly ServiceDefaultsOptions _options;

    /// <summary>Asks this server, which listens as the options say.</summary>
    public BoundAddresses(IServer server, IOptions<ServiceDefaultsOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _server = server;
        _options = options.Value;
    }

    /// <summary>The address of the gRPC listener, for instance <c>http://127.0.0.1:43210</c>; null before the server is up.</summary>
    public string? Grpc => At(0);

    /// <summary>The address of the metrics listener; null before the server is up, or when there is none.</summary>
    public string? Metrics => _options.MetricsListen is null ? null : At(1);

    /// <summary>The address of the health listener; null before the server is up, or when there is none.</summary>
    public string? Health => _options.HealthListen is null ? null : At(_options.MetricsListen is null ? 1 : 2);

    /// <summary>The port of an address.</summary>
    internal static int PortOf(string address) => new Uri(address).Port;

    // Listeners are bound, and listed, in the order in which they are configured.
    private string? At(int index) => _server.Features.Get<IServerAddressesFeature>()?.Addresses.ElementAtOrDefault(index);
}
