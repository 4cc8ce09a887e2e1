using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Whatever selects pods or services selects some, and every port that is named is there.</summary>
internal sealed class SelectorsRule : IPolicyRule
{
    public IEnumerable<string> FaultsOf(ManifestSet set) =>
        set.Workloads.Where(workload => !Selector.Matches(workload.Object.Spec["selector"], workload.PodLabels))
            .Select(workload => $"{workload} does not select its own pods")
            .Concat(set.Of("Service").SelectMany(service => ServiceFaults(set, service)))
            .Concat(set.Of("ServiceMonitor").SelectMany(monitor => MonitorFaults(set, monitor)))
            .Concat(
                from policy in set.Of("NetworkPolicy")
                where !set.Workloads.Any(workload => Selector.Matches(policy.Spec["podSelector"], workload.PodLabels))
                select $"{policy} selects no pod")
            .Concat(
                from budget in set.Of("PodDisruptionBudget")
                where !set.Workloads.Any(workload => Selector.Matches(budget.Spec["selector"], workload.PodLabels))
                select $"{budget} selects no pod");

    /// <summary>The workloads whose pods a service reaches.</summary>
    public static IEnumerable<Workload> Behind(ManifestSet set, KubeObject service)
    {
        var selector = service.Spec["selector"].ToTexts();
        return set.Workloads.Where(workload => selector.Count > 0 && selector.All(pair => workload.PodLabels.GetValueOrDefault(pair.Key) == pair.Value));
    }

    private static IEnumerable<string> ServiceFaults(ManifestSet set, KubeObject service)
    {
        var behind = Behind(set, service).ToList();
        if (behind.Count != 1)
        {
            yield return $"{service} reaches the pods of {behind.Count} workloads";
        }

        foreach (var port in service.Spec["ports"].Items)
        {
            if (behind.Exists(workload => !workload.Containers.Any(container => container.PortOf(port["targetPort"]) is not null)))
            {
                yield return $"{service} port {port["name"].Text} leads to '{port["targetPort"].Text}', which its pods do not have";
            }

            // Clients of a headless service dial the pod itself.
            if (service.Spec["clusterIP"].Text == "None"
                && behind.Exists(workload => workload.Containers.All(container => container.PortOf(port["targetPort"]) != port["port"].Number)))
            {
                yield return $"{service} is headless, but its port {port["port"].Text} is not its pods'";
            }
        }
    }

    private static IEnumerable<string> MonitorFaults(ManifestSet set, KubeObject monitor)
    {
        var services = set.Of("Service").Where(service => Selector.Matches(monitor.Spec["selector"], service.Labels)).ToList();
        return
            from endpoint in monitor.Spec["endpoints"].Items
            let count = services.Count(service => service.Spec["ports"].Items.Any(port => port["name"].Text == endpoint["port"].Text))
            where count != 1
            select $"{monitor} finds the port {endpoint["port"].Text} at {count} services";
    }
}
