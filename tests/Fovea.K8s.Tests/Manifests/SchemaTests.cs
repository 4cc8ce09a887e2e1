using Fovea.K8s.Tests.Infrastructure;

namespace Fovea.K8s.Tests.Manifests;

/// <summary>Every object is one that the API takes: by the schema of its kind, and by the API's types, which know every field.</summary>
public sealed class SchemaTests
{
    private static readonly string Check = Path.Combine(Repository.Tests, "node", "check.js");

    [SchemasFact]
    public async Task Overlays_Objects_AreValid()
    {
        var folder = Directory.CreateTempSubdirectory("fovea-k8s-");
        var files = new List<string>();
        foreach (var overlay in Repository.Overlays)
        {
            files.Add(Path.Combine(folder.FullName, $"{overlay}.yaml"));
            await File.WriteAllTextAsync(files[^1], await Tool.OutputAsync("kubectl", "kustomize", Repository.Overlay(overlay)));
        }

        var (exitCode, output, errors) = await Tool.RunAsync("node", [Check, .. files]);

        folder.Delete(recursive: true);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(await CountAsync(), output.Split('\n').Count(line => line.EndsWith(" ok", StringComparison.Ordinal)));
    }

    [SchemasFact]
    public async Task Fixture_FaultyObjects_AreNamedWithTheirFaults()
    {
        var (exitCode, output, _) = await Tool.RunAsync("node", Check, Repository.Fixture("Schemas", "faulty.yaml"));

        Assert.Equal(1, exitCode);
        Assert.Contains("Deployment/unknown-field /spec/template/spec/containers/0/livenessProbe/periodSecond", output, StringComparison.Ordinal);
        Assert.Contains("Deployment/wrong-type data/spec/template/spec/containers/0/livenessProbe/grpc/port must be integer", output, StringComparison.Ordinal);
        Assert.Contains("PodDisruptionBudget/unknown-field-of-budget /spec/maxUnavailabe", output, StringComparison.Ordinal);
        Assert.Contains("ScaledObject/missing-field data/spec must have required property triggers", output, StringComparison.Ordinal);
        Assert.Contains("ServiceMonitor/unknown-field-of-monitor /spec/endpoints/0/prot", output, StringComparison.Ordinal);
        Assert.Contains("Deploymint/unknown-kind apiVersion apps/v1 has no kind Deploymint", output, StringComparison.Ordinal);
        Assert.Contains("Service/number-for-text data/metadata/labels/a must be string", output, StringComparison.Ordinal);
        Assert.Contains("ConfigMap/fine ok", output, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync()
    {
        var sets = await Task.WhenAll(Repository.Overlays.Select(ManifestSet.OfOverlayAsync));
        return sets.Sum(set => set.Objects.Count);
    }
}
