using Fovea.ServiceDefaults.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Opens the listeners of a Fovea server.</summary>
internal static class KestrelSetup
{
    /// <summary>Opens the gRPC listener and, if there are to be any, the metrics and the health listener, in this order.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="options">Where to listen.</param>
    /// <param name="tls">Secures the gRPC listener; null for plaintext.</param>
    /// <param name="metricsTls">Secures the metrics listener; null for plaintext.</param>
    public static void Apply(KestrelServerOptions kestrel, ServiceDefaultsOptions options, ServerTls? tls, ServerTls? metricsTls)
    {
        kestrel.AddServerHeader = false;
        var http2 = kestrel.Limits.Http2;
        http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        http2.InitialStreamWindowSize = 1 << 20;
        http2.InitialConnectionWindowSize = 4 << 20;
        Listen(kestrel, options.Listen, HttpProtocols.Http2, ListenerKind.Grpc, tls);
        if (options.MetricsListen is not null)
        {
            Listen(kestrel, options.MetricsListen, HttpProtocols.Http1, ListenerKind.Metrics, metricsTls);
        }

        if (options.HealthListen is not null)
        {
            Listen(kestrel, options.HealthListen, HttpProtocols.Http2, ListenerKind.Health, null);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, string address, HttpProtocols protocols, ListenerKind kind, ServerTls? tls)
    {
        if (!ListenAddress.TryParse(address, out var endpoint))
        {
            throw new FormatException($"\"{address}\" is not an address and a port.");
        }

        var feature = new ListenerFeature(kind);
        kestrel.Listen(endpoint, listen =>
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                connection.Features.Set(feature);
                return next(connection);
            });
            tls?.Apply(listen);
        });
    }
}
