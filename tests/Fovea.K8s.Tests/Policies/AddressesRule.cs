using System.Text.RegularExpressions;
using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Every address of this deployment that an option names is a service's, at a port that it has; streams go to headless ones.</summary>
internal sealed partial class AddressesRule : IPolicyRule
{
    public IEnumerable<string> FaultsOf(ManifestSet set) =>
        from map in set.Of("ConfigMap")
        from option in map.Root["data"].Fields
        from Match address in Address().Matches(option.Value.Text)
        let fault = FaultOf(set, address)
        where fault is not null
        select $"{map} {option.Key}: {fault}";

    private static string? FaultOf(ManifestSet set, Match address)
    {
        var (name, port) = (address.Groups["name"].Value, address.Groups["port"].Value);
        var service = set.Of("Service").SingleOrDefault(item => item.Name == name);
        if (service is null)
        {
            return $"there is no service {name}";
        }

        if (!service.Spec["ports"].Items.Any(item => item["port"].Text == port))
        {
            return $"{service} has no port {port}";
        }

        return address.Groups["dns"].Success && service.Spec["clusterIP"].Text != "None" ? $"{service} has one address for all its pods" : null;
    }

    [GeneratedRegex(@"(?<dns>dns(\+https)?:///)?(?<name>\bfovea-[a-z-]+)(\.[a-z.-]+)?:(?<port>[0-9]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
