using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class CompressionTests : ProbeFixture
{
    private static readonly Metadata Gzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    internal override ProbeServerSetup Setup { get; } = new() { Options = options => options.ResponseCompressionAlgorithm = "gzip" };

    [Fact]
    public async Task Gzip_BothWays_RoundTrips()
    {
        var payload = ByteString.CopyFrom(new byte[200_000]);
        using var call = Client.UnaryAsync(new Ask { Payload = payload }, Gzip);

        Assert.Equal(payload, (await call).Payload);
        Assert.Equal(new Answer(), await Client.UnaryAsync(new Ask(), Gzip));
    }

    [Fact]
    public async Task Gzip_StreamWithNoCompressInBetween_RoundTrips()
    {
        using var call = Client.Duplex(Gzip);
        for (var i = 0; i < 6; i++)
        {
            call.RequestStream.WriteOptions = new WriteOptions(i % 2 == 0 ? WriteFlags.None : WriteFlags.NoCompress);
            await call.RequestStream.WriteAsync(new Ask { Text = $"{i}", Payload = ByteString.CopyFrom(new byte[10_000]) });
            Assert.True(await call.ResponseStream.MoveNext(default));
            Assert.Equal(10_000, call.ResponseStream.Current.Payload.Length);
        }
    }

    [Fact]
    public async Task Bomb_PastTheReceiveLimit_IsRefusedByTheServer()
    {
        var bomb = new Ask { Payload = ByteString.CopyFrom(new byte[64 << 20]) };

        var failed = await FailsAsync(StatusCode.ResourceExhausted, () => Client.UnaryAsync(bomb, Gzip).ResponseAsync);

        Assert.Contains("MaxReceiveMessageSize", failed.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(0, Server.Log.Entered.Count);
    }

    [Fact]
    public async Task Bomb_PastTheReceiveLimit_IsRefusedByTheClient() =>
        await FailsAsync(StatusCode.ResourceExhausted, () => Client.UnaryAsync(new Ask { AnswerBytes = 64 << 20 }).ResponseAsync);

    [Fact]
    public void UnknownAlgorithm_AskedByTheClient_IsRefused() => Assert.Throws<InvalidOperationException>(
        () => Client.UnaryAsync(new Ask(), new Metadata { { "grpc-internal-encoding-request", "lzma" } }));
}
