using System.Net;
using System.Net.Sockets;
using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.GrpcTests.Calls;

public sealed class ConnectionTests : ProbeFixture
{
    [Fact]
    public async Task RefusedConnection_EveryKind_IsUnavailable()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new Probe.ProbeClient(channel);

        await FailsAsync(StatusCode.Unavailable, () => client.UnaryAsync(new Ask()).ResponseAsync);
        using var download = client.ServerStream(new Ask());
        await FailsAsync(StatusCode.Unavailable, () => download.ResponseStream.MoveNext(default));
        using var upload = client.ClientStream();
        await FailsAsync(StatusCode.Unavailable, () => upload.RequestStream.WriteAsync(new Ask()));
        using var duplex = client.Duplex();
        await FailsAsync(StatusCode.Unavailable, () => duplex.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Restart_OnTheSamePort_SameChannelWorksAgain()
    {
        await using var first = await ProbeServer.StartAsync();
        using var channel = first.Channel();
        var client = new Probe.ProbeClient(channel);
        Assert.Equal("one", (await client.UnaryAsync(new Ask { Text = "one" })).Text);

        await first.StopAsync();
        await FailsAsync(StatusCode.Unavailable, () => client.UnaryAsync(new Ask()).ResponseAsync);
        await using var second = await ProbeServer.StartAsync(new ProbeServerSetup { Port = first.Port });

        Assert.Equal("two", (await client.UnaryAsync(new Ask { Text = "two" })).Text);
    }

    [Fact]
    public async Task Stop_WithRunningCalls_TheyFinishAndNewOnesAreUnavailable()
    {
        using var stream = Client.Duplex();
        await stream.RequestStream.WriteAsync(new Ask { Text = "before" });
        Assert.True(await stream.ResponseStream.MoveNext(default));
        using var unary = Client.UnaryAsync(new Ask { Text = "slow", Act = "hang-deaf" });
        await Server.Log.Entered.ReachAsync(2);

        var stopped = Server.StopAsync();
        await UntilUnavailableAsync();
        await stream.RequestStream.WriteAsync(new Ask { Text = "after" });
        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.Equal("after", stream.ResponseStream.Current.Text);
        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(default));
        Server.Log.Release();

        Assert.Equal("slow", (await unary).Text);
        await stopped;
    }

    [Fact]
    public async Task Stop_WithEndlessStream_CutsItAtTheShutdownTimeout()
    {
        await using var server = await ProbeServer.StartAsync(new ProbeServerSetup { ShutdownTimeout = TimeSpan.FromMilliseconds(300) });
        using var channel = server.Channel();
        using var call = new Probe.ProbeClient(channel).Duplex();
        await server.Log.Entered.ReachAsync(1);

        var stopped = server.StopAsync();

        var failed = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
        Assert.True(failed.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal, failed.ToString());
        await stopped;
    }

    [Fact]
    public async Task KeepAlive_OnQuietStream_DoesNotDisturbIt()
    {
        using var channel = Server.Channel(options => options.HttpHandler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(1),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
        });
        using var call = new Probe.ProbeClient(channel).Duplex(deadline: DateTime.UtcNow.AddSeconds(2.5));

        await FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseStream.MoveNext(default));
    }

    private async Task UntilUnavailableAsync()
    {
        while (true)
        {
            try
            {
                await Client.UnaryAsync(new Ask());
            }
            catch (RpcException ex) when (ex.StatusCode == StatusCode.Unavailable)
            {
                return;
            }
        }
    }
}
