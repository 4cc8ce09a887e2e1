using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Knows, once the server is up, where it really listens.</summary>
public sealed class BoundAddresses
{
    private readonly IServer _server;

    /// <summary>Asks this server.</summary>
    public BoundAddresses(IServer server)
    {
        _server = server;
    }

    /// <summary>The address of the gRPC listener, for instance <c>http://127.0.0.1:43210</c>; null before the server is up.</summary>
    public string? Grpc => At(0);

    /// <summary>The address of the metrics listener; null before the server is up, or when there is none.</summary>
    public string? Metrics => At(1);

    /// <summary>The port of an address.</summary>
    internal static int PortOf(string address) => new Uri(address).Port;

    // Listeners are bound, and listed, in the order in which they are configured.
    private string? At(int index) => _server.Features.Get<IServerAddressesFeature>()?.Addresses.ElementAtOrDefault(index);
}
