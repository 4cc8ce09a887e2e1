using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Network policies allow exactly the calls that are declared here, at both ends, and nothing else.</summary>
internal sealed class NetworkRule : IPolicyRule
{
    private const string Dns = "kubernetes.io/metadata.name=kube-system/k8s-app=kube-dns";
    private const string Prometheus = "kubernetes.io/metadata.name=monitoring/app.kubernetes.io/name=prometheus";

    private static readonly Call[] Always =
    [
        new("fovea-clients=allowed/fovea-client=true", "fovea-executor", "7081"),
        new("fovea-executor", "fovea-scheduler", "7080"),
        new("fovea-executor", "fovea-executor", "7081"),
        new("fovea-scheduler", "fovea-executor", "7081"),
        new("fovea-scheduler", "fovea-redis", "6379"),
        new("fovea-executor", Dns, "53"),
        new("fovea-executor", Dns, "53/udp"),
        new("fovea-scheduler", Dns, "53"),
        new("fovea-scheduler", Dns, "53/udp"),
    ];

    private static readonly Call[] Monitored = [new(Prometheus, "fovea-scheduler", "9080"), new(Prometheus, "fovea-executor", "9081")];

    public IEnumerable<string> FaultsOf(ManifestSet set)
    {
        var graph = new CallGraph(set);
        var (received, sent) = graph.Grants();
        HashSet<Call> declared = [.. Always, .. set.Of("ServiceMonitor").Any() ? Monitored : []];
        return graph.Open("Ingress").Select(name => $"{name} takes calls from anyone")
            .Concat(graph.Open("Egress").Select(name => $"{name} may call anyone"))
            .Concat(received.Union(sent).Except(declared).Select(call => $"{call} is allowed but not declared"))
            .Concat(declared.Where(call => graph.IsWorkload(call.To)).Except(received).Select(call => $"{call} is not let in"))
            .Concat(declared.Where(call => graph.IsWorkload(call.From)).Except(sent).Select(call => $"{call} is not let out"));
    }
}
