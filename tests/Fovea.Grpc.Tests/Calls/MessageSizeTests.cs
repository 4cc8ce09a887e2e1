using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.GrpcTests.Calls;

public sealed class MessageSizeTests : ProbeFixture
{
    internal override ProbeServerSetup Setup { get; } = new()
    {
        Options = options => options.MaxReceiveMessageSize = 100_000,
        ServiceOptions = options => options.MaxSendMessageSize = 50_000,
    };

    [Fact]
    public async Task Request_PastTheServersLimit_IsResourceExhausted()
    {
        var failed = await FailsAsync(StatusCode.ResourceExhausted, () => Client.UnaryAsync(Sized(100_001)).ResponseAsync);

        Assert.Contains("100000", failed.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(0, Server.Log.Entered.Count);
        await FailsAsync(StatusCode.ResourceExhausted, async () =>
        {
            using var call = Client.ClientStream();
            await call.RequestStream.WriteAsync(Sized(100_001));
            await call.RequestStream.CompleteAsync();
            await call;
        });
    }

    [Fact]
    public async Task Response_PastTheServersSendLimit_IsResourceExhausted() =>
        await FailsAsync(StatusCode.ResourceExhausted, () => Client.UnaryAsync(new Ask { AnswerBytes = 50_001 }).ResponseAsync);

    [Fact]
    public async Task Response_PastTheClientsLimit_IsResourceExhausted() =>
        await FailsAsync(StatusCode.ResourceExhausted, () => Client.UnaryAsync(new Ask { AnswerBytes = 20_001 }).ResponseAsync);

    [Fact]
    public async Task Request_PastTheClientsSendLimit_NeverLeaves()
    {
        using var channel = Server.Channel(options => options.MaxSendMessageSize = 1_000);
        var client = new Probe.ProbeClient(channel);

        await FailsAsync(StatusCode.ResourceExhausted, () => client.UnaryAsync(Sized(1_001)).ResponseAsync);
        using var call = client.ClientStream();
        await FailsAsync(StatusCode.ResourceExhausted, () => call.RequestStream.WriteAsync(Sized(1_001)));

        await FailsAsync(StatusCode.ResourceExhausted, () => call.ResponseAsync);
    }

    [Fact]
    public async Task Messages_AtTheLimits_Pass()
    {
        var ask = Sized(100_000);
        ask.AnswerBytes = 19_900;
        ask.Payload = ByteString.CopyFrom(new byte[ask.Payload.Length - 4]);

        Assert.Equal(100_000, ask.CalculateSize());
        Assert.Equal(19_900, (await Client.UnaryAsync(ask)).Payload.Length);
    }

    internal override void Configure(GrpcChannelOptions options) => options.MaxReceiveMessageSize = 20_000;

    private static Ask Sized(int size)
    {
        var ask = new Ask { Payload = ByteString.CopyFrom(new byte[size]) };
        return new Ask { Payload = ByteString.CopyFrom(new byte[size - (ask.CalculateSize() - size)]) };
    }
}
