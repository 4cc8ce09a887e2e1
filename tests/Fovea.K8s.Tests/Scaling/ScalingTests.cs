using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.K8s.Tests.Infrastructure;
using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Scaling;

/// <summary>Replays loads through the autoscaler's formula with the numbers of the manifests.</summary>
public sealed partial class ScalingTests
{
    private static readonly TimeSpan Loading = TimeSpan.FromMinutes(3);

    public static TheoryData<string> LoadNames => new(Loads.All.Keys);

    [RenderingTheory]
    [MemberData(nameof(LoadNames))]
    public async Task Replay_AnyLoad_TurnsAtMostOnceInTenMinutes(string load)
    {
        var (behavior, fleet) = await ReadAsync();

        var replicas = fleet.Replay(new Autoscaler(behavior, behavior.Least), Loads.All[load]);

        Assert.All(replicas, count => Assert.InRange(count, behavior.Least, behavior.Most));
        Assert.True(MostTurns(replicas, TimeSpan.FromMinutes(10)) <= 1, $"{load}: {string.Join(' ', replicas)}");
    }

    [RenderingFact]
    public async Task Replay_StepUp_HasRoomForTheLoadSoonAfter()
    {
        var (behavior, fleet) = await ReadAsync();
        var load = Loads.All["step up"];

        var replicas = fleet.Replay(new Autoscaler(behavior, behavior.Least), load);

        var risen = load.ToList().FindIndex(value => value > 4);
        Assert.True(replicas[risen + (int)(TimeSpan.FromMinutes(15) / Fleet.Step)] >= load[risen] / behavior.Target, string.Join(' ', replicas));
    }

    [RenderingFact]
    public async Task Replay_StepDown_GivesUpExecutorsInTheEnd()
    {
        var (behavior, fleet) = await ReadAsync();

        var replicas = fleet.Replay(new Autoscaler(behavior, behavior.Least), Loads.All["step down"]);

        Assert.Equal(behavior.Least, replicas[^1]);
    }

    [RenderingTheory]
    [MemberData(nameof(LoadNames))]
    public async Task Replay_MetricLost_NeverScalesIn(string load)
    {
        var (behavior, fleet) = await ReadAsync();
        var values = Loads.All[load];
        var (lost, back) = (values.Count / 3, values.Count / 2);

        var replicas = fleet.Replay(new Autoscaler(behavior, behavior.Most), values, (step, _) => step >= lost && step < back);

        Assert.All(replicas.Skip(lost).Take(back - lost), count => Assert.Equal(replicas[lost - 1], count));
    }

    [RenderingFact]
    public async Task Replay_MetricOfBusyHalfLost_NeverScalesBelowTheLoad()
    {
        var (behavior, fleet) = await ReadAsync();
        var values = Enumerable.Repeat(4.0, 480).ToList();

        var replicas = fleet.Replay(new Autoscaler(behavior, behavior.Most), values, (step, replica) => step >= 120 && replica % 2 == 0);

        Assert.All(replicas, count => Assert.True(count * behavior.Target >= 4.0 * 0.9, string.Join(' ', replicas)));
    }

    [RenderingFact]
    public async Task ScaledObject_Numbers_AreTheAutoscalers()
    {
        var keda = await ManifestSet.OfOverlayAsync("gpu-keda");
        var scaled = keda.Of("ScaledObject").Single();
        var trigger = scaled.Spec["triggers"].Items.Single();

        var (behavior, _) = await ReadAsync();

        Assert.Equivalent(behavior, ScalingBehavior.OfScaledObject(scaled), strict: true);
        Assert.Equal("AverageValue", trigger["metricType"].Text);
        Assert.Equal("false", trigger.At("metadata", "ignoreNullValues").Text);
        Assert.False(scaled.Spec["fallback"].Exists, "a fallback may be fewer replicas than there are");
        Assert.Contains(await RecordAsync(), trigger.At("metadata", "query").Text, StringComparison.Ordinal);
    }

    [RenderingFact]
    public async Task Autoscaler_Metric_IsTheOneThatTheAdapterMakesOfTheRecordingRule()
    {
        var set = await ManifestSet.OfOverlayAsync("gpu");
        var metric = set.Of("HorizontalPodAutoscaler").Single().Spec["metrics"].Items.Single().At("pods", "metric", "name").Text;

        var rules = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "k8s", "components", "hpa", "adapter-rules.yaml"));

        Assert.Contains($"as: {metric}\n", rules, StringComparison.Ordinal);
        Assert.Contains($"seriesQuery: '{await RecordAsync()}{{", rules, StringComparison.Ordinal);
    }

    [RenderingFact]
    public async Task Autoscaler_Window_IsFiveToTenMinutes()
    {
        var (behavior, _) = await ReadAsync();

        Assert.InRange(behavior.Down.Window, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(600));
    }

    private static async Task<(ScalingBehavior Behavior, Fleet Fleet)> ReadAsync()
    {
        var set = await ManifestSet.OfOverlayAsync("gpu");
        var window = RateWindow().Match((await RuleAsync())["expr"].Text).Groups["minutes"].Value;
        return (
            ScalingBehavior.OfAutoscaler(set.Of("HorizontalPodAutoscaler").Single()),
            new Fleet(Loading, TimeSpan.FromMinutes(int.Parse(window, CultureInfo.InvariantCulture))));
    }

    private static async Task<string> RecordAsync() => (await RuleAsync())["record"].Text;

    private static async Task<Node> RuleAsync()
    {
        var set = await ManifestSet.OfOverlayAsync("gpu");
        return set.Of("PrometheusRule").Single().Spec["groups"].Items.SelectMany(group => group["rules"].Items).Single(rule => rule["record"].Exists);
    }

    /// <summary>The most changes of direction within any span of this length.</summary>
    private static int MostTurns(IReadOnlyList<int> replicas, TimeSpan span)
    {
        var turns = new List<int>();
        var last = 0;
        for (var step = 1; step < replicas.Count; step++)
        {
            var sign = Math.Sign(replicas[step] - replicas[step - 1]);
            if (sign != 0 && last != 0 && sign != last)
            {
                turns.Add(step);
            }

            last = sign == 0 ? last : sign;
        }

        return turns.Count == 0 ? 0 : turns.Max(turn => turns.Count(other => other >= turn && other < turn + (int)(span / Fleet.Step)));
    }

    [GeneratedRegex(@"\[(?<minutes>[0-9]+)m\]", RegexOptions.NonBacktracking)]
    private static partial Regex RateWindow();
}
