using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class CancellationTests : ProbeFixture
{
    [Fact]
    public async Task Token_WhileHandlerRuns_CancelsBothSides()
    {
        using var stop = new CancellationTokenSource();
        using var call = Client.UnaryAsync(new Ask { Act = "hang" }, cancellationToken: stop.Token);
        await Server.Log.Entered.ReachAsync(1);

        await stop.CancelAsync();

        await FailsAsync(StatusCode.Cancelled, () => call.ResponseAsync);
        await FailsAsync(StatusCode.Cancelled, () => call.ResponseHeadersAsync);
        await Server.Log.Left.ReachAsync(1);
        Assert.True(Server.Log.LastWasCancelled);
    }

    [Fact]
    public async Task Token_CancelledBefore_NothingIsSent()
    {
        await FailsAsync(
            StatusCode.Cancelled, () => Client.UnaryAsync(new Ask(), cancellationToken: new CancellationToken(true)).ResponseAsync);

        Assert.Equal(0, Server.Log.Entered.Count);
    }

    [Fact]
    public async Task Dispose_AfterFirstResponse_CancelsTheHandler()
    {
        var call = Client.ServerStream(new Ask { Count = 1, Act = "hang" });
        Assert.True(await call.ResponseStream.MoveNext(default));

        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await FailsAsync(StatusCode.Cancelled, () => call.ResponseStream.MoveNext(default));
        await Server.Log.Left.ReachAsync(1);
    }

    [Fact]
    public async Task Dispose_WhileReadIsPending_EndsTheRead()
    {
        var call = Client.Duplex();
        var read = call.ResponseStream.MoveNext(default);
        await Server.Log.Entered.ReachAsync(1);

        call.Dispose();

        await FailsAsync(StatusCode.Cancelled, () => read);
        await Server.Log.Left.ReachAsync(1);
    }

    [Fact]
    public async Task Dispose_ClientStreamWithRequestsSent_ServerNeverSeesACleanEnd()
    {
        var call = Client.ClientStream();
        await call.RequestStream.WriteAsync(new Ask { Text = "half" });
        await Server.Log.ReceivedCount.ReachAsync(1);

        call.Dispose();

        await Server.Log.Left.ReachAsync(1);
        Assert.True(Server.Log.LastWasCancelled);
    }

    [Fact]
    public async Task ReadToken_WhileReading_CancelsTheCall()
    {
        using var stop = new CancellationTokenSource();
        using var call = Client.Duplex();
        var read = call.ResponseStream.MoveNext(stop.Token);
        await Server.Log.Entered.ReachAsync(1);

        await stop.CancelAsync();

        await FailsAsync(StatusCode.Cancelled, () => read);
        await Server.Log.Left.ReachAsync(1);
    }

    [Fact]
    public async Task Option_ThrowOperationCanceled_ThrowsThat()
    {
        using var channel = Server.Channel(options => options.ThrowOperationCanceledOnCancellation = true);
        using var stop = new CancellationTokenSource();
        using var call = new Probe.ProbeClient(channel).UnaryAsync(new Ask { Act = "hang" }, cancellationToken: stop.Token);
        await Server.Log.Entered.ReachAsync(1);

        await stop.CancelAsync();

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => call.ResponseAsync);
        Assert.Equal(stop.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task ChannelDispose_WithRunningCall_CancelsItAndRefusesNewOnes()
    {
        var channel = Server.Channel();
        var client = new Probe.ProbeClient(channel);
        var call = client.UnaryAsync(new Ask { Act = "hang" });
        await Server.Log.Entered.ReachAsync(1);

        channel.Dispose();

        await FailsAsync(StatusCode.Cancelled, () => call.ResponseAsync);
        Assert.Throws<ObjectDisposedException>(() => client.UnaryAsync(new Ask()));
    }
}
