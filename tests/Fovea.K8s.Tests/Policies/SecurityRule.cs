using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Pods keep the standard "restricted" and more: no way to write but volumes, no token of the API.</summary>
internal sealed class SecurityRule : IPolicyRule
{
    private static readonly string[] Volumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] HostFields = ["hostNetwork", "hostPID", "hostIPC"];

    public IEnumerable<string> FaultsOf(ManifestSet set) =>
        set.Workloads.SelectMany(workload =>
            PodFaults(workload.Pod).Concat(workload.Containers.SelectMany(ContainerFaults)).Select(fault => $"{workload} {fault}"));

    private static IEnumerable<string> PodFaults(Node pod)
    {
        var context = pod["securityContext"];
        (bool Holds, string Fault)[] checks =
        [
            (context["runAsNonRoot"].Text == "true", "may run as root"),
            (context["runAsUser"].Number is > 0, "names no user other than root"),
            (context.At("seccompProfile", "type").Text == "RuntimeDefault", "has no seccomp profile RuntimeDefault"),
            (pod["automountServiceAccountToken"].Text == "false", "mounts a token of the API"),
            (pod["serviceAccountName"].Text.Length > 0, "runs as the namespace's default account"),
            (pod["enableServiceLinks"].Text == "false", "is given other services' addresses in its environment"),
        ];
        return checks.Where(check => !check.Holds).Select(check => check.Fault)
            .Concat(HostFields.Where(field => pod[field].Text == "true").Select(field => $"has {field}"))
            .Concat(
                from volume in pod["volumes"].Items
                where !volume.Fields.Any(field => Volumes.Contains(field.Key, StringComparer.Ordinal))
                select $"has the volume {volume["name"].Text} of a kind that is not allowed");
    }

    private static IEnumerable<string> ContainerFaults(Container container)
    {
        var context = container.Root["securityContext"];
        (bool Holds, string Fault)[] checks =
        [
            (context["allowPrivilegeEscalation"].Text == "false", "may gain privileges"),
            (context["readOnlyRootFilesystem"].Text == "true", "may write to its root file system"),
            (context.At("capabilities", "drop").Items.Any(item => item.Text == "ALL"), "keeps capabilities"),
            (!context.At("capabilities", "add").Items.Any(), "adds capabilities"),
            (context["privileged"].Text != "true", "is privileged"),
            (context["runAsUser"].Text != "0" && context["runAsNonRoot"].Text != "false", "runs as root"),
            (container.Root["volumeMounts"].Items.Any(mount => mount["mountPath"].Text == "/tmp"), "has no volume at /tmp"),
        ];
        return checks.Where(check => !check.Holds).Select(check => $"container {container.Name} {check.Fault}");
    }
}
