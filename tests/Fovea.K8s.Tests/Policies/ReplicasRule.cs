using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Exactly one says how many replicas a workload has: it itself, or one autoscaler.</summary>
internal sealed class ReplicasRule : IPolicyRule
{
    public IEnumerable<string> FaultsOf(ManifestSet set)
    {
        foreach (var workload in set.Workloads.Where(workload => workload.Object.Kind is "Deployment" or "StatefulSet"))
        {
            var scalers = set.Objects.Where(item => IsScalerOf(item, workload)).ToList();
            if (scalers.Count > 1)
            {
                yield return $"{workload} is scaled by {string.Join(" and ", scalers)}";
            }

            if (scalers.Count > 0 && workload.Replicas is not null)
            {
                yield return $"{workload} has replicas although {scalers[0]} sets them: each apply would undo it";
            }

            if (scalers.Count == 0 && workload.Replicas is null)
            {
                yield return $"{workload} has neither replicas nor an autoscaler";
            }
        }
    }

    private static bool IsScalerOf(KubeObject item, Workload workload)
    {
        var target = item.Spec["scaleTargetRef"];
        return item.Kind is "HorizontalPodAutoscaler" or "ScaledObject"
            && target["name"].Text == workload.Name
            && (target["kind"].Text == workload.Object.Kind || !target["kind"].Exists);
    }
}
