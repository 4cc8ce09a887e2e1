using Fovea.GrpcTests.Support;

namespace Fovea.GrpcTests.ServiceDefaults;

public sealed class AddressReporterTests
{
    [Fact]
    public async Task Start_WithPortFiles_WritesTheBoundPorts()
    {
        var folder = Directory.CreateTempSubdirectory("fovea-ports-");
        var grpcFile = Path.Combine(folder.FullName, "new", "grpc.port");
        var metricsFile = Path.Combine(folder.FullName, "metrics.port");
        await using var server = await DefaultsServer.StartAsync(options =>
        {
            options.PortFile = grpcFile;
            options.MetricsListen = "127.0.0.1:0";
            options.MetricsPortFile = metricsFile;
        });

        Assert.Equal($"{new Uri(server.Addresses.Grpc!).Port}\n", await File.ReadAllTextAsync(grpcFile));
        Assert.Equal($"{new Uri(server.Addresses.Metrics!).Port}\n", await File.ReadAllTextAsync(metricsFile));
        Assert.Equal(2, Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories).Length);
        folder.Delete(recursive: true);
    }
}
