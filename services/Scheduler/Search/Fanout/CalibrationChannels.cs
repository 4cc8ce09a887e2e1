using Fovea.Contracts.V1;
using Fovea.ServiceDefaults.Clients;
using Grpc.Net.Client;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Makes channels to executors.</summary>
internal sealed class CalibrationChannels
{
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly SearchOptions _options;
    private readonly ClientSecurity _security;

    /// <summary>Makes channels as the options say.</summary>
    public CalibrationChannels(SearchOptions options, ClientSecurity security) => (_options, _security) = (options, security);

    /// <summary>Opens a channel whose pings find a connection that died without a word; the caller disposes it.</summary>
    public GrpcChannel Open(string address) => _security.Open(new Uri(address), new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = ConnectTimeout,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        },
        DisposeHttpClient = true,
        MaxReceiveMessageSize = _options.MaxMessageBytes,
    });

    /// <summary>Makes the executor's client on a channel.</summary>
    public static CalibrationService.CalibrationServiceClient ClientOf(GrpcChannel channel) => new(channel);
}
