using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Opens the listeners of a Fovea server.</summary>
internal static class KestrelSetup
{
    /// <summary>Opens the gRPC listener and, if there is to be one, the metrics listener, in this order.</summary>
    public static void Apply(KestrelServerOptions kestrel, ServiceDefaultsOptions options)
    {
        kestrel.AddServerHeader = false;
        var http2 = kestrel.Limits.Http2;
        http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        http2.InitialStreamWindowSize = 1 << 20;
        http2.InitialConnectionWindowSize = 4 << 20;
        Listen(kestrel, options.Listen, HttpProtocols.Http2);
        if (options.MetricsListen is not null)
        {
            Listen(kestrel, options.MetricsListen, HttpProtocols.Http1);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, string address, HttpProtocols protocols)
    {
        if (!ListenAddress.TryParse(address, out var endpoint))
        {
            throw new FormatException($"\"{address}\" is not an address and a port.");
        }

        kestrel.Listen(endpoint, listen => listen.Protocols = protocols);
    }
}
