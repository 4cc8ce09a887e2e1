using System.Text.RegularExpressions;
using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Images are named by digest or by a whole version, so that two pods never run different ones under one name.</summary>
internal sealed partial class ImagesRule : IPolicyRule
{
    public IEnumerable<string> FaultsOf(ManifestSet set) =>
        from workload in set.Workloads
        from container in workload.Containers
        let image = container.Root["image"].Text
        where !IsFixed(image)
        select $"{workload} container {container.Name}: image '{image}' has no digest and no whole version";

    private static bool IsFixed(string image) => Digest().IsMatch(image) || Version().IsMatch(image);

    [GeneratedRegex("@sha256:[0-9a-f]{64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Digest();

    [GeneratedRegex(@":v?[0-9]+\.[0-9]+\.[0-9]+([.+-][A-Za-z0-9.-]+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
