using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class CallKindsTests : IAsyncLifetime
{
    private ProbeServer _server = null!;
    private Grpc.Net.Client.GrpcChannel _channel = null!;
    private Probe.ProbeClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await ProbeServer.StartAsync();
        _channel = _server.Channel();
        _client = new Probe.ProbeClient(_channel);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Unary_OneRequest_OneResponseWithStatusAndHeaders()
    {
        using var call = _client.UnaryAsync(new Ask { Text = "hello" });

        var answer = await call;

        Assert.Equal("hello", answer.Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
        Assert.NotNull(await call.ResponseHeadersAsync);
    }

    [Fact]
    public void Unary_Blocking_ReturnsResponse() =>
        Assert.Equal("blocking", _client.Unary(new Ask { Text = "blocking" }).Text);

    [Fact]
    public async Task Unary_EmptyMessages_RoundTrip() => Assert.Equal(new Answer(), await _client.UnaryAsync(new Ask()));

    [Fact]
    public async Task ClientStream_ManyRequests_OneResponse()
    {
        using var call = _client.ClientStream();
        for (var i = 0; i < 5; i++)
        {
            await call.RequestStream.WriteAsync(new Ask { Text = $"{i}" });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("0,1,2,3,4", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStream_NoRequests_StillAnswers()
    {
        using var call = _client.ClientStream();
        await call.RequestStream.CompleteAsync();

        Assert.Equal("", (await call).Text);
    }

    [Fact]
    public async Task ClientStream_ServerAnswersEarly_ResponseArrivesAndWritesFail()
    {
        using var call = _client.ClientStream();
        await call.RequestStream.WriteAsync(new Ask { Text = "first", Act = "answer-early" });

        Assert.Equal("first", (await call).Text);
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Ask()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public async Task ServerStream_CountedResponses_ArriveInOrder(int count)
    {
        using var call = _client.ServerStream(new Ask { Text = "s", Count = count });

        var indexes = new List<int>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
        {
            indexes.Add(answer.Index);
        }

        Assert.Equal(Enumerable.Range(0, count), indexes);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(await call.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Duplex_PingPong_AnswersEachRequest()
    {
        using var call = _client.Duplex();
        for (var i = 0; i < 20; i++)
        {
            await call.RequestStream.WriteAsync(new Ask { Text = $"ping {i}" });
            Assert.True(await call.ResponseStream.MoveNext(default));
            Assert.Equal($"ping {i}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Duplex_HeadersBeforeFirstMessage_ReachServer()
    {
        using var call = _client.Duplex();

        await _server.Log.Entered.ReachAsync(1);

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Unary_SixteenMebibytes_RoundTrips()
    {
        await using var server = await LargeServer.StartAsync();
        var payload = new byte[16 << 20];
        new Random(7).NextBytes(payload);

        var answer = await server.Client.UnaryAsync(new Ask { Payload = Google.Protobuf.ByteString.CopyFrom(payload) });

        Assert.Equal(payload, answer.Payload.ToByteArray());
    }

    [Fact]
    public async Task Unary_ThreeHundredAtOnce_AllAnswered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i => (await _client.UnaryAsync(new Ask { Text = $"{i}" })).Text));

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), answers);
    }

    [Fact]
    public async Task GetStatus_WhileRunning_Throws()
    {
        using var call = _client.UnaryAsync(new Ask { Act = "hang" });
        await _server.Log.Entered.ReachAsync(1);

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }
}
