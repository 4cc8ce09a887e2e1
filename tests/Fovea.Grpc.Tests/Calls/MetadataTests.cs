using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class MetadataTests : ProbeFixture
{
    [Fact]
    public async Task Entries_TextBinaryAndDuplicates_ComeBackAsHeadersAndTrailers()
    {
        byte[][] values = [[], [0], [1, 2], [255, 254, 253], [.. Enumerable.Range(0, 256).Select(i => (byte)i)]];
        var sent = new Metadata { { "Echo-Text", "one" }, { "echo-text", "two, three" }, { "echo-empty", "" } };
        foreach (var value in values)
        {
            sent.Add("echo-data-bin", value);
        }

        using var call = Client.UnaryAsync(new Ask { Act = "echo-metadata" }, sent);
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("", Server.Log.LastContext!.RequestHeaders.GetValue("echo-empty"));
        foreach (var received in (Metadata[])[headers, call.GetTrailers()])
        {
            // The runtime's client sends text entries of one name as one field, as HTTP allows.
            Assert.Equal("one, two, three", received.GetValue("echo-text"));
            Assert.Equal("", received.GetValue("echo-empty"));
            Assert.Equal(values, received.GetAll("echo-data-bin").Select(entry => entry.ValueBytes));
        }
    }

    [Fact]
    public async Task Trailers_WithDuplicates_StaySeparate()
    {
        using var call = Client.UnaryAsync(new Ask { Act = "duplicate-trailers" });
        await call;

        Assert.Equal(["one", "two"], call.GetTrailers().GetAll("twice").Select(entry => entry.Value));
    }

    [Fact]
    public async Task Headers_OfOrdinaryCall_HoldNoProtocolNames()
    {
        using var call = Client.UnaryAsync(new Ask(), new Metadata { { "grpc-timeout", "1n" }, { "te", "other" }, { "kept", "yes" } });
        await call;

        var seen = Server.Log.LastContext!.RequestHeaders;

        Assert.Equal("yes", seen.GetValue("kept"));
        Assert.DoesNotContain(seen, entry => entry.Key.StartsWith("grpc-", StringComparison.Ordinal) || entry.Key is "te" or "content-type");
        Assert.StartsWith("grpc-fovea/", seen.GetValue("user-agent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_WithCharacterOutsideAscii_FailsTheCallOnly()
    {
        await FailsAsync(
            StatusCode.Internal, () => Client.UnaryAsync(new Ask(), new Metadata { { "echo-text", "ü" } }).ResponseAsync);

        Assert.Equal("after", (await Client.UnaryAsync(new Ask { Text = "after" })).Text);
    }

    [Fact]
    public async Task Context_OfCall_DescribesIt()
    {
        using var call = Client.UnaryAsync(new Ask { Act = "http-context" });
        await call;
        var (method, host, peer, authenticated) = Server.Log.LastSeen;

        Assert.Equal("/fovea.probe.Probe/Unary", method);
        Assert.Equal($"127.0.0.1:{Server.Port}", host);
        Assert.Matches(@"^ipv4:127\.0\.0\.1:\d+$", peer);
        Assert.False(authenticated);
        Assert.Equal(DateTime.MaxValue, Server.Log.LastContext!.Deadline);
        Assert.Equal("HTTP/2", call.GetTrailers().GetValue("protocol"));
    }

    [Fact]
    public async Task WithHost_NamesAnotherAuthority()
    {
        await Client.WithHost("elsewhere.test:1").UnaryAsync(new Ask());

        Assert.Equal("elsewhere.test:1", Server.Log.LastSeen.Host);
    }
}
