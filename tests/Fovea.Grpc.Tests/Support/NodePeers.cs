using System.Reflection;

namespace Fovea.GrpcTests.Support;

/// <summary>Where the grpc-js peer lies: in the source folder, beside its installed packages.</summary>
internal static class NodePeers
{
    public const string Node = "node";

    public static string Folder { get; } = typeof(NodePeers).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NodePeers").Value!;

    public static string Proto { get; } = Path.Combine(AppContext.BaseDirectory, "Protos", "probe.proto");
}
