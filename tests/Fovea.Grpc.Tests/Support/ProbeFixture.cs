using Fovea.GrpcTests.Protos;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.GrpcTests.Support;

/// <summary>The base of tests that call a probe server of their own with default options.</summary>
public abstract class ProbeFixture : IAsyncLifetime
{
    private ProbeServer? _server;
    private GrpcChannel? _channel;

    internal ProbeServer Server => _server!;

    internal GrpcChannel Channel => _channel!;

    internal Probe.ProbeClient Client { get; private set; } = null!;

    internal virtual ProbeServerSetup Setup { get; } = new();

    public async Task InitializeAsync()
    {
        _server = await ProbeServer.StartAsync(Setup);
        _channel = _server.Channel(Configure);
        Client = new Probe.ProbeClient(_channel);
    }

    public async Task DisposeAsync()
    {
        _channel!.Dispose();
        await _server!.DisposeAsync().AsTask().Soon();
    }

    internal static async Task<RpcException> FailsAsync(StatusCode code, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(code == exception.StatusCode, exception.ToString());
        return exception;
    }

    internal virtual void Configure(GrpcChannelOptions options)
    {
    }
}
