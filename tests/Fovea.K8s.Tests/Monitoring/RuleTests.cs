using System.Text.RegularExpressions;
using Fovea.K8s.Tests.Infrastructure;
using Fovea.K8s.Tests.Manifests;
using YamlDotNet.RepresentationModel;

namespace Fovea.K8s.Tests.Monitoring;

/// <summary>Alerts are raised by what they are for and by nothing else, and every metric and label value in them is one that the services have.</summary>
public sealed partial class RuleTests
{
    [AlertsFact]
    public async Task Rules_RecordedSeries_RaiseWhatTheyMust()
    {
        var folder = Directory.CreateTempSubdirectory("fovea-alerts-").FullName;
        await using (var file = new StreamWriter(Path.Combine(folder, "rules.yaml")))
        {
            new YamlStream(new YamlDocument((await RulesAsync()).Yaml!)).Save(file, assignAnchors: false);
        }

        File.Copy(Repository.Fixture("Alerts", "alerts.yaml"), Path.Combine(folder, "alerts.yaml"));

        var (exitCode, output, errors) = await Tool.RunAsync("promtool", "test", "rules", Path.Combine(folder, "alerts.yaml"));

        Directory.Delete(folder, recursive: true);
        Assert.True(exitCode == 0, output + errors);
    }

    [RenderingFact]
    public async Task Alerts_WithoutATest_AreNone()
    {
        var tested = await File.ReadAllTextAsync(Repository.Fixture("Alerts", "alerts.yaml"));

        Assert.DoesNotContain(
            (await RulesAsync()).All.Select(node => node["alert"].Text),
            alert => alert.Length > 0 && !tested.Contains($"alertname: {alert}\n", StringComparison.Ordinal));
    }

    [RenderingFact]
    public async Task Expressions_MetricsAndLabelValues_AreTheServices()
    {
        var source = string.Concat(MetricSources().Select(File.ReadAllText));
        var expressions = string.Join('\n', (await RulesAsync()).All.Select(node => node["expr"].Text));
        var names = Metric().Matches(expressions).Select(match => match.Value)
            .Concat(Matcher().Matches(expressions).SelectMany(match => match.Groups["values"].Value.Split('|')))
            .Distinct(StringComparer.Ordinal).ToList();

        Assert.True(names.Count > 10, string.Join(' ', names));
        Assert.DoesNotContain(names, name => !source.Contains($"\"{name}\"", StringComparison.Ordinal));
    }

    private static IEnumerable<string> MetricSources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "Metrics");

    private static async Task<Node> RulesAsync() => (await ManifestSet.OfOverlayAsync("cpu")).Of("PrometheusRule").Single().Spec;

    [GeneratedRegex(@"\b(executor|scheduler|policy)_[a-z_]+\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex("(!=|=~|=)\"(?<values>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Matcher();
}
