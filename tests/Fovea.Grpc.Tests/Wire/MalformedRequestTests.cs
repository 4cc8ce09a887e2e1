using System.Net.Sockets;
using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.GrpcTests.Wire;

public sealed class MalformedRequestTests : ProbeFixture
{
    private static readonly byte[] Good = RawCall.Message();

    public static TheoryData<byte[], StatusCode> Bodies => new()
    {
        { [], StatusCode.Unimplemented },
        { [.. Good, .. Good], StatusCode.Unimplemented },
        { [0, 0], StatusCode.Internal },
        { RawCall.Frame(0, 10, 1, 2), StatusCode.Internal },
        { [.. Good, 0], StatusCode.Internal },
        { RawCall.Frame(2, 0), StatusCode.Internal },
        { RawCall.Frame(255, 1, 1), StatusCode.Internal },
        { RawCall.Frame(1, 0), StatusCode.Internal },
        { RawCall.Message(0xff, 0xff, 0xff), StatusCode.Internal },
        { RawCall.Frame(0, (4 << 20) + 1), StatusCode.ResourceExhausted },
        { RawCall.Frame(0, 0x80000000), StatusCode.ResourceExhausted },
        { RawCall.Frame(0, uint.MaxValue), StatusCode.ResourceExhausted },
    };

    public static TheoryData<string, string, StatusCode> Headers => new()
    {
        { "grpc-timeout", "", StatusCode.Internal },
        { "grpc-timeout", "5", StatusCode.Internal },
        { "grpc-timeout", "S", StatusCode.Internal },
        { "grpc-timeout", "-1S", StatusCode.Internal },
        { "grpc-timeout", "1s", StatusCode.Internal },
        { "grpc-timeout", "123456789S", StatusCode.Internal },
        { "grpc-timeout", "0n", StatusCode.DeadlineExceeded },
        { "grpc-timeout", "99999999H", StatusCode.OK },
        { "grpc-encoding", "identity", StatusCode.OK },
        { "grpc-encoding", "lzma", StatusCode.Unimplemented },
        { "echo-data-bin", "not base64!", StatusCode.Internal },
        { "echo-data-bin", "AQ==", StatusCode.OK },
        { "echo-data-bin", "AQ", StatusCode.OK },
        { "content-type", "application/grpc+proto", StatusCode.OK },
        { "content-type", "application/grpc; charset=utf-8", StatusCode.OK },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_NotExactlyOneGoodMessage_HasTheProtocolsStatus(byte[] body, StatusCode expected)
    {
        var answer = await RawCall.SendAsync(Server, body);

        Assert.Equal(200, answer.HttpStatus);
        Assert.True(answer.Status == $"{(int)expected}", $"{answer.Status}: {answer.Message}");
        Assert.Empty(answer.Body);
        Assert.Equal("after", (await Client.UnaryAsync(new Ask { Text = "after" })).Text);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Header_OfAnyForm_HasTheProtocolsStatus(string name, string value, StatusCode expected)
    {
        var answer = await RawCall.SendAsync(Server, Good, (name, value));

        Assert.True(answer.Status == $"{(int)expected}", $"{answer.Status}: {answer.Message}");
    }

    [Fact]
    public async Task UnknownEncoding_Answer_NamesWhatIsOffered()
    {
        var answer = await RawCall.SendAsync(Server, Good, ("grpc-encoding", "snappy"));

        Assert.Equal("identity,gzip", answer.AcceptEncoding);
    }

    [Theory]
    [InlineData("application/json", 415)]
    [InlineData("application/grpcx", 415)]
    [InlineData("text/plain", 415)]
    public async Task ContentType_NotGrpc_IsUnsupportedMediaType(string contentType, int expected) =>
        Assert.Equal(expected, (await RawCall.SendAsync(Server, Good, ("content-type", contentType))).HttpStatus);

    [Fact]
    public async Task Gzip_Garbage_IsInternal()
    {
        var answer = await RawCall.SendAsync(Server, RawCall.Frame(1, 4, 1, 2, 3, 4), ("grpc-encoding", "gzip"));

        Assert.Equal("13", answer.Status);
    }

    [Fact]
    public async Task BinaryMetadata_PaddedUnpaddedAndJoined_IsDecoded()
    {
        await RawCall.SendAsync(Server, Good, ("echo-data-bin", "AQ==,AgM, BAUG ,"));

        Assert.Equal(
            [[1], [2, 3], [4, 5, 6], []],
            Server.Log.LastContext!.RequestHeaders.GetAll("echo-data-bin").Select(entry => entry.ValueBytes));
    }

    [Fact]
    public async Task NoEndOfStream_UnaryWithTimeout_IsEndedByTheServer()
    {
        using var content = new OpenContent(Good);

        var answer = await RawCall.SendAsync(Server, "Unary", content, ("grpc-timeout", "300m"));

        Assert.Equal("4", answer.Status);
        Assert.Equal(0, Server.Log.Entered.Count);
    }

    [Fact]
    public async Task NoEndOfStream_DeafHandler_IsEndedByTheServer()
    {
        using var content = new OpenContent(RawCall.Message(new Ask { Act = "hang-deaf" }.ToByteArray()));

        var answer = await RawCall.SendAsync(Server, "Duplex", content, ("grpc-timeout", "300m"));

        Assert.Equal("4", answer.Status);
    }

    [Fact]
    public async Task OneByteFrames_Message_IsPutTogether()
    {
        using var content = new TrickleContent(RawCall.Message(new Ask { Text = "drip" }.ToByteArray()));

        var answer = await RawCall.SendAsync(Server, "Unary", content);

        Assert.Equal("0", answer.Status);
        Assert.Equal("drip", Answer.Parser.ParseFrom(answer.Body, 5, answer.Body.Length - 5).Text);
    }

    [Fact]
    public async Task Http11_OnTheGrpcPort_IsRefusedWithoutHarm()
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(Good);

        var response = await client.PostAsync($"{Server.Address}/fovea.probe.Probe/Unary", content);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("after", (await Client.UnaryAsync(new Ask { Text = "after" })).Text);
    }

    [Fact]
    public async Task Garbage_InsteadOfThePreface_DisturbsNoOtherConnection()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", Server.Port);
        var garbage = new byte[512];
        new Random(1).NextBytes(garbage);
        await tcp.GetStream().WriteAsync(garbage);

        Assert.Equal("after", (await Client.UnaryAsync(new Ask { Text = "after" })).Text);
    }
}
