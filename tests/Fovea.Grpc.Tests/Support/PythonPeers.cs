namespace Fovea.GrpcTests.Support;

/// <summary>A folder with the Python peers and message classes that the system's protoc made for them.</summary>
public sealed class PythonPeers : IAsyncLifetime
{
    /// <summary>Debian's Python, which has Debian's grpcio.</summary>
    public const string Python = "/usr/bin/python3";

    private const string Protoc = "/usr/bin/protoc";

    public string Folder { get; } = Directory.CreateTempSubdirectory("fovea-peers-").FullName;

    public async Task InitializeAsync()
    {
        foreach (var script in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Interop", "python")))
        {
            File.Copy(script, Path.Combine(Folder, Path.GetFileName(script)));
        }

        var protos = Path.Combine(AppContext.BaseDirectory, "Protos");
        foreach (var proto in Directory.GetFiles(protos))
        {
            await PeerProcess.RunAsync(Protoc, Folder, $"-I{protos}", $"--python_out={Folder}", proto);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }
}
