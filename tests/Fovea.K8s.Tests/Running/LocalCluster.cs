using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Fovea.K8s.Tests.Infrastructure;
using Fovea.K8s.Tests.Manifests;
using Fovea.K8s.Tests.Settings;

namespace Fovea.K8s.Tests.Running;

/// <summary>Runs what an overlay renders to, as processes on this machine: the same options, arguments, secrets and probes.</summary>
/// <remarks>Only what a cluster would give is put in its place: names by localhost, ports by free ones, volumes by folders.</remarks>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-cluster-").FullName;
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly List<RunningProcess> _processes = [];
    private readonly ManifestSet _set;
    private Dictionary<string, KubeObject> _secrets = [];

    private LocalCluster(ManifestSet set) => _set = set;

    /// <summary>Prepares an overlay with secrets of its own.</summary>
    public static async Task<LocalCluster> OfAsync(string overlay)
    {
        var cluster = new LocalCluster(await ManifestSet.OfOverlayAsync(overlay));
        var script = Path.Combine(Repository.Root, "scripts", "k8s-secrets.sh");
        var secrets = ManifestSet.Parse(await Tool.OutputAsync("bash", script, "--tls"));
        cluster._secrets = secrets.Objects.ToDictionary(secret => secret.Name, StringComparer.Ordinal);
        return cluster;
    }

    /// <summary>The port of this machine that stands for a container's.</summary>
    public int Port(string workload, string port)
    {
        var key = $"{workload} {port}";
        if (!_ports.TryGetValue(key, out var number))
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _ports[key] = number = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        return number;
    }

    /// <summary>Starts Redis with its configuration.</summary>
    public RunningProcess StartRedis()
    {
        var workload = _set.TheWorkload("fovea-redis");
        Mount(workload);
        return Add(RunningProcess.Start("redis-server", [Path.Combine(Root(workload), "etc/redis/redis.conf")], new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    /// <summary>Starts a service of ours with its environment and arguments, some of them replaced.</summary>
    public RunningProcess StartService(string name, string assembly, params (string Name, string Value)[] replaced)
    {
        var workload = _set.TheWorkload(name);
        Mount(workload);
        var environment = ServiceSettings.Environment(_set, workload).ToDictionary(pair => pair.Key, pair => Local(workload, pair.Value), StringComparer.Ordinal);
        foreach (var (key, value) in replaced)
        {
            environment[key] = value;
        }

        var arguments = ServiceSettings.Arguments(_set, workload).Select(argument => Local(workload, argument));
        return Add(RunningProcess.Start("dotnet", [Repository.Assembly(assembly), .. arguments], environment));
    }

    /// <summary>Runs the command of a probe and tells whether it succeeds.</summary>
    public async Task<bool> ProbeAsync(string name, string probe)
    {
        var workload = _set.TheWorkload(name);
        var command = workload.Containers.Single().Root.At(probe, "exec", "command").Items.Select(item => Local(workload, item.Text)).ToList();
        return (await Tool.RunAsync(command[0], [.. command.Skip(1)])).ExitCode == 0;
    }

    /// <summary>The service that a probe asks the health of.</summary>
    public string ProbedService(string name, string probe) => _set.TheWorkload(name).Containers.Single().Root.At(probe, "grpc", "service").Text;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private RunningProcess Add(RunningProcess process)
    {
        _processes.Add(process);
        return process;
    }

    private string Root(Workload workload) => Path.Combine(_folder, workload.Name);

    // Each volume becomes a folder below the workload's own root, with what the secret or the map holds.
    private void Mount(Workload workload)
    {
        foreach (var mount in workload.Containers.Single().Root["volumeMounts"].Items)
        {
            var folder = Directory.CreateDirectory(Root(workload) + mount["mountPath"].Text).FullName;
            var volume = workload.Pod["volumes"].Items.SingleOrDefault(item => item["name"].Text == mount["name"].Text);
            foreach (var (file, bytes) in Content(volume))
            {
                File.WriteAllBytes(Path.Combine(folder, file), bytes(workload));
            }
        }
    }

    private IEnumerable<(string File, Func<Workload, byte[]> Bytes)> Content(Node volume)
    {
        if (volume["secret"].Exists)
        {
            return _secrets[volume.At("secret", "secretName").Text].Root["data"].Fields
                .Select(field => (field.Key, new Func<Workload, byte[]>(_ => Convert.FromBase64String(field.Value.Text))));
        }

        var map = volume.At("configMap", "name").Text;
        return map.Length == 0
            ? []
            : _set.Objects.Single(item => item.Kind == "ConfigMap" && item.Name == map).Root["data"].Fields
                .Select(field => (field.Key, new Func<Workload, byte[]>(workload => Encoding.UTF8.GetBytes(Local(workload, field.Value.Text)))));
    }

    private string Local(Workload workload, string text)
    {
        var redis = Port("fovea-redis", "redis");
        text = text
            .Replace("fovea-redis:6379", $"localhost:{redis}", StringComparison.Ordinal)
            .Replace("port 6379", $"port {redis}", StringComparison.Ordinal)
            .Replace("redis-cli ", $"redis-cli -p {redis} ", StringComparison.Ordinal)
            .Replace("fovea-scheduler-headless:7080", $"localhost:{Port("fovea-scheduler", "grpc")}", StringComparison.Ordinal);
        text = workload.Containers.Single().Ports.Aggregate(
            text, (line, port) => line.Replace($"*:{port.Value}", $"127.0.0.1:{Port(workload.Name, port.Key)}", StringComparison.Ordinal));

        var mounts = workload.Containers.Single().Root["volumeMounts"].Items.Select(mount => Regex.Escape(mount["mountPath"].Text));
        return Regex.Replace(
            text, $@"(?<=^|[\s=])({string.Join('|', mounts)})(?=$|[\s/])", match => Root(workload) + match.Value, RegexOptions.Multiline, Limit);
    }
}
