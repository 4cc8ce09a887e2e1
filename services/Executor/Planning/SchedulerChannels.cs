using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Planning;

/// <summary>Opens channels to schedulers.</summary>
internal sealed class SchedulerChannels
{
    private readonly PlanningOptions _options;

    /// <summary>Takes timers and limits from the options.</summary>
    public SchedulerChannels(IOptions<PlanningOptions> options) => _options = options.Value;

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
        return GrpcChannel.ForAddress(
            scheduler.Address,
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = _options.MaxSnapshotBytes });
    }
}
