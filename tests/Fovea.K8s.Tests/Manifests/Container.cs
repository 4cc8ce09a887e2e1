namespace Fovea.K8s.Tests.Manifests;

/// <summary>A container of a pod.</summary>
internal sealed record Container(Node Root, bool IsInitial)
{
    public string Name => Root["name"].Text;

    /// <summary>Its ports by name.</summary>
    public IReadOnlyDictionary<string, int> Ports =>
        Root["ports"].Items.ToDictionary(port => port["name"].Text, port => port["containerPort"].Number ?? 0, StringComparer.Ordinal);

    /// <summary>The number of the port that a probe, a service or a policy names; null when the container has none such.</summary>
    public int? PortOf(Node port) =>
        Ports.TryGetValue(port.Text, out var named) ? named : Ports.Values.Contains(port.Number ?? 0) ? port.Number : null;
}
