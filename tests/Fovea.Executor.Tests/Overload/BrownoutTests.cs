using System.Collections.Concurrent;
using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Fovea.Executor.Tests.Hosting;
using Fovea.ServiceDefaults.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Executor.Tests.Overload;

/// <summary>The whole executor with the demo model under far more requests than it can serve.</summary>
[Collection(nameof(ProcessMetricsCollection))]
public sealed class BrownoutTests
{
    private const int Sent = 48;

    private static readonly double[] Means = [1, 0.7, 0.5, 0.35];

    private readonly ConcurrentBag<(Admitted Admitted, Done Done)> _answered = [];
    private readonly ConcurrentBag<RpcException> _refused = [];

    [Fact]
    public async Task Generate_FarTooManyRequests_LosesTokensTierByTierThenRefusesAndRecovers()
    {
        await using var executor = await StartAsync();

        // More and more at a time, so that the tiers are climbed one after another.
        foreach (var together in new[] { 2, 4, 6, 36 })
        {
            await Task.WhenAll(Enumerable.Range(0, together).Select(_ => AskAsync(executor))).InTimeAsync();
        }

        Assert.Equal(Sent, _answered.Count + _refused.Count);
        Assert.All(_answered, answer => AssertBounded(answer.Admitted, answer.Done));
        Assert.Equal(3, _answered.Max(answer => answer.Done.OverloadTier));
        Assert.NotEmpty(_refused);
        Assert.All(_refused, AssertPushedBack);

        var load = executor.Services.GetRequiredService<ExecutorLoad>();
        await Bounded.UntilAsync(() => load.OverloadTier == 0);
        Assert.Equal(0, load.Report().OverloadTier);
        var (admitted, done) = await AnswerAsync(executor);
        Assert.Equal((0, 0), (admitted.Plan.Provenance.OverloadTier, done.OverloadTier));
        Assert.All(done.AppliedCounts, count => Assert.Equal(done.Usage.VisionTokens, count));
        await AssertMetricsAsync(executor);
    }

    private static async Task<DemoExecutor> StartAsync()
    {
        var executor = await DemoExecutor.StartAsync(new()
        {
            ["Intake:MaxRunning"] = "2",
            ["Intake:QueueLimit"] = "6",
            ["Server:MetricsListen"] = "http://127.0.0.1:0",
        });
        var ladder = LadderSnapshots.Waiting(500, (1, Means[1]), (3, Means[2]), (5, Means[3]));
        Assert.Empty(executor.Services.GetRequiredService<SnapshotStore>().Offer(LadderSnapshots.Of(2, ladder)));
        return executor;
    }

    /// <summary>Every answer names its tier, and its plan and what was done agree on it.</summary>
    private static void AssertBounded(Admitted admitted, Done done)
    {
        var (tier, layers, tokens) = (done.OverloadTier, done.AppliedCounts.Count, done.Usage.VisionTokens);
        Assert.Equal(admitted.Plan.Provenance.OverloadTier, tier);
        Assert.Equal(admitted.Plan.Counts, done.AppliedCounts);
        Assert.InRange(tier, 0, 3);
        Assert.True(done.AppliedCounts.Sum() <= Means[tier] * layers * tokens);
        Assert.Equal(tier == 0, done.AppliedCounts.Sum() == layers * tokens);
        Assert.Equal(tier == 0, done.PrefillFlops == done.FullPrefillFlops);
    }

    private static void AssertPushedBack(RpcException error)
    {
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Contains("Intake:QueueLimit", error.Status.Detail, StringComparison.Ordinal);
        Assert.InRange(int.Parse(error.Trailers.GetValue("grpc-retry-pushback-ms")!, CultureInfo.InvariantCulture), 1000, 30_000);
    }

    private async Task AssertMetricsAsync(DemoExecutor executor)
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync($"{executor.Services.GetRequiredService<BoundAddresses>().Metrics}/metrics").InTimeAsync();
        var lines = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        double Sum(string name) => lines.Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

        // Every request sent has exactly one outcome; the last one, in calm, is among them.
        Assert.Equal(Sent + 1, Sum("executor_requests_total{"));
        Assert.Equal(_answered.Count + 1, Sum("executor_requests_total{outcome=\"completed\"}"));
        Assert.Equal(_refused.Count, Sum("executor_requests_total{outcome=\"rejected\"}"));
        Assert.Equal(_answered.Count + 1, Sum("executor_requests_by_tier_total{"));
        Assert.Equal(_answered.Count(answer => answer.Done.OverloadTier == 3), Sum("executor_requests_by_tier_total{tier=\"3\"}"));
        Assert.Equal(0, Sum("executor_budget_tier "));
        Assert.InRange(Sum("executor_planned_flops_total "), 1, Sum("executor_full_flops_total ") - 1);
        Assert.True(Sum("executor_capacity_flops_per_second ") > 0);
    }

    private async Task AskAsync(DemoExecutor executor)
    {
        try
        {
            _answered.Add(await AnswerAsync(executor));
        }
        catch (RpcException error)
        {
            _refused.Add(error);
        }
    }

    private static async Task<(Admitted Admitted, Done Done)> AnswerAsync(DemoExecutor executor)
    {
        using var call = executor.Inference.Generate(Requests.Ask());
        var events = await call.ReadAsync();
        return (events[0].Admitted, events[^1].Done);
    }
}
