using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Every container that keeps running is asked whether it has started, takes calls and lives, at a port that it has.</summary>
internal sealed class ProbesRule : IPolicyRule
{
    private static readonly string[] Probes = ["startupProbe", "readinessProbe", "livenessProbe"];

    public IEnumerable<string> FaultsOf(ManifestSet set) =>
        from workload in set.Workloads
        where workload.Object.Kind != "Job"
        from container in workload.Containers
        where !container.IsInitial
        from probe in Probes
        let fault = FaultOf(container, container.Root[probe])
        where fault is not null
        select $"{workload} container {container.Name} {probe}: {fault}";

    private static string? FaultOf(Container container, Node probe)
    {
        if (!probe.Exists)
        {
            return "is missing";
        }

        foreach (var kind in (string[])["grpc", "tcpSocket", "httpGet"])
        {
            var port = probe.At(kind, "port");
            if (probe[kind].Exists && container.PortOf(port) is null)
            {
                return $"asks port '{port.Text}', which the container does not have";
            }
        }

        return probe["grpc"].Exists && container.Ports.GetValueOrDefault("health") != probe.At("grpc", "port").Number
            ? "asks another port than the one named health, which alone is plaintext"
            : null;
    }
}
