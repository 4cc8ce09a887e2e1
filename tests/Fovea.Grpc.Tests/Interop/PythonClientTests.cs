using Fovea.GrpcTests.Support;

namespace Fovea.GrpcTests.Interop;

public sealed class PythonClientTests : IClassFixture<PythonPeers>
{
    private readonly PythonPeers _peers;

    public PythonClientTests(PythonPeers peers)
    {
        _peers = peers;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Grpcio_AgainstOwnServer_PassesAllChecks(string? compression)
    {
        await using var server = await ProbeServer.StartAsync(
            new ProbeServerSetup { Options = options => options.ResponseCompressionAlgorithm = compression });

        var output = await PeerProcess.RunAsync(PythonPeers.Python, _peers.Folder, "probe_client.py", $"127.0.0.1:{server.Port}");

        Assert.Contains("passed 15", output, StringComparison.Ordinal);
    }
}
