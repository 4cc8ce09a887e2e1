using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Replicas of a service keep away from each other, on nodes and over zones, and are reached one by one through a headless service.</summary>
internal sealed class SpreadRule : IPolicyRule
{
    public IEnumerable<string> FaultsOf(ManifestSet set)
    {
        foreach (var workload in set.Workloads.Where(workload => workload.Object.Kind == "Deployment"))
        {
            var away = workload.Pod.At("affinity", "podAntiAffinity").All
                .Where(node => node["topologyKey"].Text == "kubernetes.io/hostname");
            if (!away.Any(term => Selector.Matches(term["labelSelector"], workload.PodLabels)))
            {
                yield return $"{workload} does not keep its pods on different nodes";
            }

            var spread = workload.Pod["topologySpreadConstraints"].Items
                .Where(item => item["topologyKey"].Text == "topology.kubernetes.io/zone");
            if (!spread.Any(item => Selector.Matches(item["labelSelector"], workload.PodLabels)))
            {
                yield return $"{workload} does not spread its pods over zones";
            }

            var services = set.Of("Service").Where(service => SelectorsRule.Behind(set, service).Contains(workload));
            if (!services.Any(service => service.Spec["clusterIP"].Text == "None"))
            {
                yield return $"{workload} has no headless service";
            }
        }
    }
}
