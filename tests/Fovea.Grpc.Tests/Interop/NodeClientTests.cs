using Fovea.GrpcTests.Support;

namespace Fovea.GrpcTests.Interop;

public sealed class NodeClientTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task GrpcJs_AgainstOwnServer_PassesAllChecks(string? compression)
    {
        await using var server = await ProbeServer.StartAsync(
            new ProbeServerSetup { Options = options => options.ResponseCompressionAlgorithm = compression });

        var output = await PeerProcess.RunAsync(NodePeers.Node, NodePeers.Folder, "peer.js", "client", NodePeers.Proto, $"{server.Port}");

        Assert.Contains("passed 11", output, StringComparison.Ordinal);
    }
}
