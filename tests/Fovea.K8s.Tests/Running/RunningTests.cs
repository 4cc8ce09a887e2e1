using Fovea.K8s.Tests.Infrastructure;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Fovea.K8s.Tests.Running;

/// <summary>The real programs start with what the manifests set, pass the manifests' probes, find each other, and end when told to.</summary>
public sealed class RunningTests
{
    [RedisTheory]
    [InlineData("dev")]
    [InlineData("cpu")]
    public async Task Overlay_Started_PassesItsProbesAndEndsClean(string overlay)
    {
        await using var cluster = await LocalCluster.OfAsync(overlay);
        var redis = cluster.StartRedis();
        await redis.UntilAsync(() => cluster.ProbeAsync("fovea-redis", "readinessProbe"), "Redis is ready");
        var scheduler = cluster.StartService("fovea-scheduler", "Scheduler");
        await scheduler.UntilAsync(() => IsServingAsync(cluster, "fovea-scheduler", "readinessProbe"), "the scheduler is ready");
        var executor = cluster.StartService("fovea-executor", "Executor", ("Model__Directory", Repository.DemoModel), ("Model__DType", "fp32"));
        await executor.UntilAsync(() => IsServingAsync(cluster, "fovea-executor", "startupProbe"), "the executor has started");

        Assert.True(await IsServingAsync(cluster, "fovea-executor", "readinessProbe"));
        Assert.True(await IsServingAsync(cluster, "fovea-executor", "livenessProbe"));
        Assert.True(await IsServingAsync(cluster, "fovea-scheduler", "livenessProbe"));
        await executor.UntilAsync(
            () => ShowsAsync(cluster, "fovea-executor", "executor_plan_cache{state=\"acked\"} 1"), $"the executor has policies\n{scheduler.Output}");
        Assert.True(await ShowsAsync(cluster, "fovea-scheduler", "scheduler_redis_up 1"), scheduler.Output);
        Assert.Equal(0, await executor.StopAsync());
        Assert.Equal(0, await scheduler.StopAsync());
        Assert.Equal(0, await redis.StopAsync());
    }

    private static async Task<bool> IsServingAsync(LocalCluster cluster, string workload, string probe)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{cluster.Port(workload, "health")}");
        try
        {
            var answer = await new Health.HealthClient(channel).CheckAsync(
                new HealthCheckRequest { Service = cluster.ProbedService(workload, probe) }, deadline: DateTime.UtcNow.AddSeconds(10));
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private static async Task<bool> ShowsAsync(LocalCluster cluster, string workload, string sample)
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{cluster.Port(workload, "metrics")}/metrics"));
        return text.Split('\n').Contains(sample, StringComparer.Ordinal);
    }
}
