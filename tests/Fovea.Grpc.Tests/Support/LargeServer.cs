using Fovea.GrpcTests.Protos;
using Grpc.Net.Client;

namespace Fovea.GrpcTests.Support;

/// <summary>A server and a client without message size limits.</summary>
internal sealed class LargeServer : IAsyncDisposable
{
    private readonly ProbeServer _server;
    private readonly GrpcChannel _channel;

    private LargeServer(ProbeServer server)
    {
        _server = server;
        _channel = server.Channel(options => options.MaxReceiveMessageSize = null);
        Client = new Probe.ProbeClient(_channel);
    }

    public Probe.ProbeClient Client { get; }

    public static async Task<LargeServer> StartAsync() =>
        new(await ProbeServer.StartAsync(new ProbeServerSetup { Options = options => options.MaxReceiveMessageSize = null }));

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return _server.DisposeAsync();
    }
}
