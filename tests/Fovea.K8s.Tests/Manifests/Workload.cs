namespace Fovea.K8s.Tests.Manifests;

/// <summary>An object that makes pods.</summary>
internal sealed record Workload(KubeObject Object)
{
    public string Name => Object.Name;

    public Node Pod => Object.Spec.At("template", "spec");

    public IReadOnlyDictionary<string, string> PodLabels => Object.Spec.At("template", "metadata", "labels").ToTexts();

    public int? Replicas => Object.Spec["replicas"].Number;

    public IEnumerable<Container> Containers => Pod["containers"].Items.Select(node => new Container(node, false))
        .Concat(Pod["initContainers"].Items.Select(node => new Container(node, true)));

    public override string ToString() => Object.ToString();
}
