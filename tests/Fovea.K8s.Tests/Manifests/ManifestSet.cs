using System.Collections.Concurrent;
using Fovea.K8s.Tests.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace Fovea.K8s.Tests.Manifests;

/// <summary>All objects that one folder renders to.</summary>
internal sealed class ManifestSet
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<ManifestSet>>> Rendered = new(StringComparer.Ordinal);

    private ManifestSet(IReadOnlyList<KubeObject> objects) => Objects = objects;

    public IReadOnlyList<KubeObject> Objects { get; }

    public IEnumerable<Workload> Workloads =>
        Objects.Where(item => item.Kind is "Deployment" or "StatefulSet" or "DaemonSet" or "Job").Select(item => new Workload(item));

    /// <summary>Renders a deployed overlay, once for all tests.</summary>
    public static Task<ManifestSet> OfOverlayAsync(string name) => OfFolderAsync(Repository.Overlay(name));

    /// <summary>Renders any folder, once for all tests.</summary>
    public static Task<ManifestSet> OfFolderAsync(string folder) =>
        Rendered.GetOrAdd(folder, key => new Lazy<Task<ManifestSet>>(() => RenderAsync(key))).Value;

    /// <summary>The objects of a kind.</summary>
    public IEnumerable<KubeObject> Of(string kind) => Objects.Where(item => item.Kind == kind);

    /// <summary>The one object of a kind with this name, the hash behind a generated name apart.</summary>
    public KubeObject The(string kind, string name) =>
        Objects.Single(item => item.Kind == kind && (item.Name == name || (kind == "ConfigMap" && item.Name.StartsWith($"{name}-", StringComparison.Ordinal))));

    public Workload TheWorkload(string name) => Workloads.Single(workload => workload.Name == name);

    /// <summary>Reads objects from their text.</summary>
    public static ManifestSet Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new ManifestSet([.. stream.Documents.Select(document => new KubeObject(new Node(document.RootNode)))]);
    }

    private static async Task<ManifestSet> RenderAsync(string folder) => Parse(await Tool.OutputAsync("kubectl", "kustomize", folder));
}
