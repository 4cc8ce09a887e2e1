using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>What the network policies of a set allow; workloads go by their names, others by the selectors that let them in.</summary>
internal sealed class CallGraph
{
    public const string Anyone = "anyone";

    private readonly ManifestSet _set;
    private readonly List<Workload> _workloads;

    public CallGraph(ManifestSet set)
    {
        _set = set;
        _workloads = [.. set.Workloads];
    }

    /// <summary>Every call that one side's policies allow.</summary>
    public (HashSet<Call> Received, HashSet<Call> Sent) Grants()
    {
        var received = new HashSet<Call>();
        var sent = new HashSet<Call>();
        foreach (var workload in _workloads)
        {
            received.UnionWith(Rules(workload, "Ingress").SelectMany(rule => Peers(rule, "from").Select(peer => new Call(peer.Peer, workload.Name, peer.Port))));
            sent.UnionWith(Rules(workload, "Egress").SelectMany(rule => Peers(rule, "to").Select(peer => new Call(workload.Name, peer.Peer, peer.Port))));
        }

        return (received, sent);
    }

    /// <summary>Workloads whose calls in this direction no policy governs, so that all are allowed.</summary>
    public IEnumerable<string> Open(string direction) =>
        _workloads.Where(workload => !Policies(workload, direction).Any()).Select(workload => workload.Name);

    public bool IsWorkload(string name) => _workloads.Exists(workload => workload.Name == name);

    private IEnumerable<KubeObject> Policies(Workload workload, string direction) => _set.Of("NetworkPolicy").Where(policy =>
        Selector.Matches(policy.Spec["podSelector"], workload.PodLabels)
        && policy.Spec["policyTypes"].Items.Any(type => type.Text == direction));

    private IEnumerable<Node> Rules(Workload workload, string direction) =>
        Policies(workload, direction).SelectMany(policy => policy.Spec[direction == "Ingress" ? "ingress" : "egress"].Items);

    private IEnumerable<(string Peer, string Port)> Peers(Node rule, string side)
    {
        var ports = rule["ports"].Items.Select(port => $"{port["port"].Text}{(port["protocol"].Text == "UDP" ? "/udp" : "")}").DefaultIfEmpty("*").ToList();
        var peers = rule[side].Exists ? rule[side].Items.SelectMany(NamesOf) : [Anyone];
        return peers.SelectMany(peer => ports.Select(port => (peer, port)));
    }

    private IEnumerable<string> NamesOf(Node peer)
    {
        if (peer["ipBlock"].Exists)
        {
            return [peer.At("ipBlock", "cidr").Text];
        }

        if (peer["namespaceSelector"].Exists)
        {
            return [$"{Text(peer["namespaceSelector"])}/{Text(peer["podSelector"])}"];
        }

        return _workloads.Where(workload => Selector.Matches(peer["podSelector"], workload.PodLabels)).Select(workload => workload.Name)
            .DefaultIfEmpty($"no pod with {Text(peer["podSelector"])}");
    }

    private static string Text(Node selector) =>
        selector["matchLabels"].Exists
            ? string.Join(',', selector["matchLabels"].Fields.Select(field => $"{field.Key}={field.Value.Text}"))
            : CallGraph.Anyone;
}
