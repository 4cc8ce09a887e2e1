using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using Fovea.ServiceDefaults.Hosting;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Fovea.Executor.Tests.Hosting;

/// <summary>What an operator sees of a running executor.</summary>
[Collection(nameof(ProcessMetricsCollection))]
public sealed class ObservabilityTests
{
    [Fact]
    public async Task Health_ModelLoading_IsNotServingUntilItIsThere()
    {
        await using var executor = await TestExecutor.StartAsync(loaded: false);
        var health = new Health.HealthClient(executor.Channel);
        Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new HealthCheckRequest())).Status);

        executor.Load();

        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest())).Status);
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountEachOnceByItsOutcome()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Server:MetricsListen"] = "http://127.0.0.1:0" });
        executor.Engine.Tokens = TestExecutor.Tokenizer.Encode("red fish", addSpecialTokens: false);
        await executor.AnswerAsync(Requests.Ask(request => request.Plan = new PlanOverride { Spec = "uniform:r=0.5" }));
        await executor.RefusedAsync(Requests.Ask(request => request.Model = "other"));
        using var http = new HttpClient();

        var text = await http.GetStringAsync($"{executor.Services.GetRequiredService<BoundAddresses>().Metrics}/metrics").InTimeAsync();

        Assert.Contains("executor_requests_total{outcome=\"completed\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("executor_requests_total{outcome=\"invalid\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("executor_plans_total{source=\"fallback\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("executor_prompt_tokens_total 274\n", text, StringComparison.Ordinal);
        Assert.Contains($"executor_generation_tokens_total {executor.Engine.Tokens.Length}\n", text, StringComparison.Ordinal);
        Assert.Contains("executor_tokens_dropped_total{stage=\"prefill\"} 128\n", text, StringComparison.Ordinal);
        Assert.Contains("executor_time_to_first_token_seconds_count 1\n", text, StringComparison.Ordinal);
        Assert.Contains("executor_requests_running 0\n", text, StringComparison.Ordinal);
        Assert.Contains("executor_plan_cache{state=\"requested\"} 1\n", text, StringComparison.Ordinal);
    }
}
