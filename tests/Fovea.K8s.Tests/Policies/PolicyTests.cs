using Fovea.K8s.Tests.Infrastructure;
using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Policies;

/// <summary>Every overlay keeps every rule, and every rule has a fixture that proves that it finds what breaks it.</summary>
public sealed class PolicyTests
{
    private static readonly IReadOnlyDictionary<string, IPolicyRule> Rules = new Dictionary<string, IPolicyRule>(StringComparer.Ordinal)
    {
        ["limits"] = new LimitsRule(),
        ["probes"] = new ProbesRule(),
        ["security"] = new SecurityRule(),
        ["images"] = new ImagesRule(),
        ["replicas"] = new ReplicasRule(),
        ["disruption"] = new DisruptionRule(),
        ["network"] = new NetworkRule(),
        ["grace"] = new GraceRule(),
        ["secrets"] = new SecretsRule(),
        ["namespace"] = new NamespaceRule(),
        ["selectors"] = new SelectorsRule(),
        ["spread"] = new SpreadRule(),
        ["addresses"] = new AddressesRule(),
    };

    public static TheoryData<string, string> Checks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var overlay in Repository.Overlays)
            {
                foreach (var rule in Rules.Keys)
                {
                    data.Add(overlay, rule);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Fixtures => new(
        Directory.EnumerateDirectories(Repository.Fixture("Policies")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));

    [RenderingTheory]
    [MemberData(nameof(Checks))]
    public async Task Overlay_Rule_IsKept(string overlay, string rule) =>
        Assert.Empty(Rules[rule].FaultsOf(await ManifestSet.OfOverlayAsync(overlay)));

    // The first line of a fixture is "# RULE: FAULT": the rule that must find it, and what it must say.
    [RenderingTheory]
    [MemberData(nameof(Fixtures))]
    public async Task Fixture_BrokenManifest_IsFoundByItsRuleAlone(string fixture)
    {
        var folder = Repository.Fixture("Policies", fixture);
        var promise = (await File.ReadAllLinesAsync(Path.Combine(folder, "kustomization.yaml")))[0].TrimStart('#', ' ').Split(": ", 2);

        var set = await ManifestSet.OfFolderAsync(folder);

        Assert.Contains(promise[1], Rules[promise[0]].FaultsOf(set), StringComparer.Ordinal);
        Assert.All(Rules.Where(rule => rule.Key != promise[0]), rule => Assert.Empty(rule.Value.FaultsOf(set)));
    }

    [Fact]
    public void Rules_WithoutAFixture_AreNone()
    {
        var proven = Directory.EnumerateDirectories(Repository.Fixture("Policies"))
            .Select(folder => File.ReadLines(Path.Combine(folder, "kustomization.yaml")).First().TrimStart('#', ' ').Split(':')[0]);

        Assert.Empty(Rules.Keys.Except(proven, StringComparer.Ordinal));
    }
}
