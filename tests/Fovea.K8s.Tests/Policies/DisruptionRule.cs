using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Every workload has one disruption budget, and none keeps a node from ever being drained.</summary>
internal sealed class DisruptionRule : IPolicyRule
{
    public IEnumerable<string> FaultsOf(ManifestSet set)
    {
        foreach (var workload in set.Workloads)
        {
            var count = set.Of("PodDisruptionBudget").Count(budget => Selector.Matches(budget.Spec["selector"], workload.PodLabels));
            if (count != 1)
            {
                yield return $"{workload} has {count} disruption budgets";
            }
        }

        foreach (var budget in set.Of("PodDisruptionBudget"))
        {
            if (budget.Spec["minAvailable"].Exists)
            {
                yield return $"{budget} has minAvailable, which does not follow the number of replicas";
            }

            if (budget.Spec["maxUnavailable"].Text is "" or "0" or "0%")
            {
                yield return $"{budget} lets no pod be evicted";
            }

            if (budget.Spec["unhealthyPodEvictionPolicy"].Text != "AlwaysAllow")
            {
                yield return $"{budget} holds back pods that do not work anyway";
            }
        }
    }
}
