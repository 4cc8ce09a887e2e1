namespace Fovea.K8s.Tests.Manifests;

/// <summary>An object of the Kubernetes API.</summary>
internal sealed record KubeObject(Node Root)
{
    public string Kind => Root["kind"].Text;

    public string Name => Root.At("metadata", "name").Text;

    public string Namespace => Root.At("metadata", "namespace").Text;

    public Node Spec => Root["spec"];

    public IReadOnlyDictionary<string, string> Labels => Root.At("metadata", "labels").ToTexts();

    public override string ToString() => $"{Kind}/{Name}";
}
