using Fovea.GrpcTests.Support;

namespace Fovea.GrpcTests.Interop;

public sealed class DefaultsByPythonTests : IClassFixture<PythonPeers>
{
    private readonly PythonPeers _peers;

    public DefaultsByPythonTests(PythonPeers peers)
    {
        _peers = peers;
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task HealthAndReflection_AskedByGrpcio_AnswerByTheProtocol(string package)
    {
        await using var server = await DefaultsServer.StartAsync(options => options.Reflection = true);

        var output = await PeerProcess.RunAsync(PythonPeers.Python, _peers.Folder, "defaults_client.py", server.Target, package);

        Assert.Contains("passed", output, StringComparison.Ordinal);
    }
}
