using Fovea.ServiceDefaults.Clients;
using Grpc.Net.Client;

namespace Fovea.Executor.Planning;

/// <summary>Makes the one channel to the scheduler.</summary>
internal static class SchedulerChannel
{
    /// <summary>Opens a channel whose pings find a connection that died without a word.</summary>
    public static GrpcChannel Open(PlanningOptions options, ClientSecurity security) => security.Open(
        new Uri(options.IsAlone ? "http://127.0.0.1:1" : options.Scheduler),
        new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = options.ConnectTimeout,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                KeepAlivePingDelay = options.PingDelay,
                KeepAlivePingTimeout = options.PingTimeout,
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.MaxSnapshotBytes,
        });
}
