using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Every container says what it needs and what it may take; memory is never promised twice.</summary>
internal sealed class LimitsRule : IPolicyRule
{
    private static readonly string[] Resources = ["cpu", "memory"];

    public IEnumerable<string> FaultsOf(ManifestSet set) =>
        from workload in set.Workloads
        from container in workload.Containers
        from fault in FaultsOf(container)
        select $"{workload} container {container.Name} {fault}";

    private static IEnumerable<string> FaultsOf(Container container)
    {
        var requests = container.Root.At("resources", "requests").ToTexts();
        var limits = container.Root.At("resources", "limits").ToTexts();
        foreach (var resource in Resources)
        {
            if (!requests.ContainsKey(resource))
            {
                yield return $"requests no {resource}";
            }

            if (!limits.ContainsKey(resource))
            {
                yield return $"has no limit of {resource}";
            }
        }

        if (requests.GetValueOrDefault("memory") != limits.GetValueOrDefault("memory"))
        {
            yield return "may take more memory than it requests, so that a full node would end it";
        }

        foreach (var (resource, _) in requests.Where(request => request.Key.Contains('/', StringComparison.Ordinal)))
        {
            yield return $"requests {resource}, which belongs in the limits alone";
        }
    }
}
