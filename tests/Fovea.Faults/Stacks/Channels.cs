using Grpc.Net.Client;

namespace Fovea.Faults.Stacks;

/// <summary>Opens channels of the test's own clients.</summary>
internal static class Channels
{
    /// <summary>Opens a channel that reconnects at once and finds dead connections soon.</summary>
    public static GrpcChannel Open(string address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            KeepAlivePingDelay = TimeSpan.FromSeconds(2),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        },
        DisposeHttpClient = true,
        MaxReceiveMessageSize = null,
    });

    /// <summary>Returns the deadline of a short call.</summary>
    public static DateTime Deadline(TimeSpan after) => TimeProvider.System.GetUtcNow().UtcDateTime + after;
}
