using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Health.V1;

namespace Fovea.Scheduler.Tests.Hosting;

public sealed class SchedulerHostTests
{
    [Fact]
    public async Task StartAsync_StoreOpen_IsServingUntilItDrains()
    {
        await using var scheduler = await TestScheduler.StartAsync();
        var health = new Health.HealthClient(scheduler.Channel);
        using var watching = health.Watch(new HealthCheckRequest());
        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, watching.ResponseStream.Current.Status);

        var stopping = scheduler.App.StopAsync();

        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, watching.ResponseStream.Current.Status);
        await stopping.WaitAsync(Limits.Step);
    }

    [Fact]
    public async Task StartAsync_MetricsAddressGiven_ServesTheSchedulersMetrics()
    {
        await using var scheduler = await TestScheduler.StartAsync("--metrics-listen", "127.0.0.1:0");
        using (var client = await PlanClient.OpenAsync(scheduler))
        {
            await client.AskAsync(PlanClient.Descriptor());
        }

        using var http = new HttpClient();
        var text = await http.GetStringAsync($"{scheduler.MetricsAddress}/metrics");

        foreach (var line in new[] { "scheduler_plan_decisions_total{result=\"planned\"} 1", "scheduler_policy_revision 1", "scheduler_plan_decision_seconds_count 1" })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }
}
