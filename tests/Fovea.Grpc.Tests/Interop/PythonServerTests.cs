using Fovea.GrpcTests.Support;

namespace Fovea.GrpcTests.Interop;

public sealed class PythonServerTests : IClassFixture<PythonPeers>
{
    private readonly PythonPeers _peers;

    public PythonServerTests(PythonPeers peers)
    {
        _peers = peers;
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    public async Task OwnClient_AgainstGrpcio_PassesAllChecks(string compression)
    {
        await using var peer = PeerProcess.Start(PythonPeers.Python, _peers.Folder, "probe_server.py", compression);

        await ForeignServerChecks.RunAsync(await peer.ReadPortAsync());
    }
}
