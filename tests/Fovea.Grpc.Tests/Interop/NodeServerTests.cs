using Fovea.GrpcTests.Support;

namespace Fovea.GrpcTests.Interop;

public sealed class NodeServerTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    public async Task OwnClient_AgainstGrpcJs_PassesAllChecks(string compression)
    {
        await using var peer = PeerProcess.Start(NodePeers.Node, NodePeers.Folder, "peer.js", "server", NodePeers.Proto, compression);

        await ForeignServerChecks.RunAsync(await peer.ReadPortAsync());
    }
}
