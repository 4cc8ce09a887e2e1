using Fovea.ServiceDefaults.Clients;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Planning;

/// <summary>Opens channels to schedulers.</summary>
internal sealed class SchedulerChannels
{
    private readonly PlanningOptions _options;
    private readonly ClientSecurity _security;

    /// <summary>Takes timers and limits from the options.</summary>
    public SchedulerChannels(IOptions<PlanningOptions> options, ClientSecurity security)
    {
        _options = options.Value;
        _security = security;
    }

    /// <summary>Opens a channel of its own connection, whose pings find out when it died without a word.</summary>
    public GrpcChannel Open(SchedulerEndpoint scheduler)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = _options.PingDelay,
            KeepAlivePingTimeout = _options.PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        handler.SslOptions.TargetHost = scheduler.Host;
        return _security.Open(
            scheduler.Address,
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = _options.MaxSnapshotBytes });
    }
}
