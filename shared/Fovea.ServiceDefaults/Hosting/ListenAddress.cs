using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Reads where to listen.</summary>
internal static class ListenAddress
{
    /// <summary>Reads <c>address:port</c>; the address is an IP address, <c>localhost</c> or <c>*</c>, the port is required.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        var separator = value?.LastIndexOf(':') ?? -1;
        if (separator <= 0 || !ushort.TryParse(value.AsSpan(separator + 1), out var port))
        {
            return false;
        }

        var host = value![..separator];
        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            ['[', .. var inner, ']'] => IPAddress.TryParse(inner, out var parsed) ? parsed : null,
            _ => !host.Contains(':') && IPAddress.TryParse(host, out var parsed) ? parsed : null,
        };
        if (address is null)
        {
            return false;
        }

        endpoint = new IPEndPoint(address, port);
        return true;
    }
}
