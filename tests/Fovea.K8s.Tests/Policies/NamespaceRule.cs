using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Everything lies in the one namespace that the manifests make, and that namespace admits restricted pods only.</summary>
internal sealed class NamespaceRule : IPolicyRule
{
    private static readonly string[] Modes = ["enforce", "audit", "warn"];

    public IEnumerable<string> FaultsOf(ManifestSet set)
    {
        var spaces = set.Of("Namespace").ToList();
        if (spaces.Count != 1)
        {
            return [$"there are {spaces.Count} namespaces"];
        }

        var elsewhere = set.Objects.Where(item => item.Kind != "Namespace" && item.Namespace != spaces[0].Name)
            .Select(item => $"{item} is in the namespace '{item.Namespace}'");
        var lax = Modes.Where(mode => spaces[0].Labels.GetValueOrDefault($"pod-security.kubernetes.io/{mode}") != "restricted")
            .Select(mode => $"{spaces[0]} does not {mode} the restricted standard");
        return [.. elsewhere, .. lax];
    }
}
