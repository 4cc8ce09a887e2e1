using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>One thing that every manifest must keep.</summary>
internal interface IPolicyRule
{
    /// <summary>Names every place that does not keep it.</summary>
    IEnumerable<string> FaultsOf(ManifestSet set);
}
