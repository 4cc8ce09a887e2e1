using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Secrets reach processes as files only, readable by their group at most, and none is written into the manifests.</summary>
internal sealed class SecretsRule : IPolicyRule
{
    private static readonly string[] Words = ["PASSWORD", "SECRET", "TOKEN", "APIKEY"];

    public IEnumerable<string> FaultsOf(ManifestSet set) =>
        set.Of("Secret").Select(secret => $"{secret} is in the manifests")
            .Concat(set.Of("ConfigMap").SelectMany(ConfigFaults))
            .Concat(set.Workloads.SelectMany(WorkloadFaults));

    private static IEnumerable<string> ConfigFaults(KubeObject map) =>
        map.Root["data"].Fields.Where(field => IsSecret(field.Key, field.Value.Text)).Select(field => $"{map} holds {field.Key}");

    private static IEnumerable<string> WorkloadFaults(Workload workload)
    {
        foreach (var container in workload.Containers)
        {
            if (container.Root["envFrom"].Items.Any(source => source["secretRef"].Exists))
            {
                yield return $"{workload} container {container.Name} takes a secret into its environment";
            }

            foreach (var variable in container.Root["env"].Items)
            {
                if (variable.At("valueFrom", "secretKeyRef").Exists || IsSecret(variable["name"].Text, variable["value"].Text))
                {
                    yield return $"{workload} container {container.Name} has a secret in the variable {variable["name"].Text}";
                }
            }
        }

        foreach (var volume in workload.Pod["volumes"].Items.Where(volume => volume["secret"].Exists))
        {
            if (volume.At("secret", "defaultMode").Number is not (0b100_100_000 or 0b100_000_000))
            {
                yield return $"{workload} volume {volume["name"].Text} is readable by others (defaultMode 0440 or 0400)";
            }
        }
    }

    // The name of a file is no secret.
    private static bool IsSecret(string name, string value) =>
        value.Length > 0
        && !name.EndsWith("File", StringComparison.Ordinal)
        && Words.Any(word => name.Replace("_", string.Empty, StringComparison.Ordinal).Contains(word, StringComparison.OrdinalIgnoreCase));
}
