using Fovea.Contracts.V1;
using Fovea.Scheduler.Hosting;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Hosting;

public sealed class SchedulerProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_Help_PrintsUsage()
    {
        var output = new StringWriter();

        Assert.Equal(0, await SchedulerProcess.RunAsync(["--help"], output, TextWriter.Null));
        Assert.Contains("--store-recover", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AddressInUse_FailsWithOneLine()
    {
        await using var scheduler = await TestScheduler.StartAsync();
        var (code, lines) = await FailAsync("--listen", scheduler.Address, "--store", _folder["store"]);

        Assert.Equal(1, code);
        Assert.Contains("address already in use", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_StartFails_ExitsWithOneAndEveryFaultOnStandardError()
    {
        using var process = SchedulerChild.Launch("--Feed:Heartbeat=0", "--Plans:OutboundCapacity=0", "--store", _folder["store"]);
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(Limits.Step);
        await process.WaitForExitAsync().WaitAsync(Limits.Step);

        Assert.Equal(1, process.ExitCode);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("fovea-scheduler: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Process_DamagedStore_ExitsWithOneAndNoStackTrace()
    {
        File.WriteAllText(_folder["state.json"], "garbage");
        using var process = SchedulerChild.Launch("--listen", "http://127.0.0.1:0", "--store", _folder.Path);
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(Limits.Step);
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Limits.Step);
        await process.WaitForExitAsync().WaitAsync(Limits.Step);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("state.json' is damaged", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_Terminated_DrainsItsStreamsAndExitsWithZero()
    {
        await using var child = await SchedulerChild.StartAsync(_folder["store"]);
        using var channel = child.Connect();
        using var watching = new FeedService.FeedServiceClient(channel).Watch();
        using var planning = new PlanService.PlanServiceClient(channel).StreamPlans();
        await watching.RequestStream.WriteAsync(new WatchRequest { Subscribe = FeedClient.Subscription("e1") });
        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        await planning.RequestStream.WriteAsync(new PlanStreamRequest { Hello = new PlanHello { ExecutorId = "e1", Model = TestModels.LlavaProfile() } });
        await planning.RequestStream.WriteAsync(new PlanStreamRequest { Descriptor_ = PlanClient.Descriptor() });
        Assert.True(await planning.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));

        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.NotNull(watching.ResponseStream.Current.InitialDone);
        child.Terminate();

        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.NotNull(watching.ResponseStream.Current.Draining);
        Assert.True(await planning.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.NotNull(planning.ResponseStream.Current.Draining);
        await planning.RequestStream.CompleteAsync();
        Assert.False(await planning.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.False(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.Equal(StatusCode.OK, watching.GetStatus().StatusCode);
        Assert.Equal(0, await child.WaitForExitAsync());
    }

    [Fact]
    public async Task Process_MetricsAddressGiven_ServesTheSchedulersMetrics()
    {
        await using var child = await SchedulerChild.StartAsync(
            _folder["store"], "--metrics-listen", "127.0.0.1:0", $"--Service:MetricsPortFile={_folder["port"]}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{File.ReadAllText(_folder["port"]).Trim()}") };
        Assert.Contains("scheduler_policy_revision 1", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        using var channel = child.Connect();
        using var planning = new PlanService.PlanServiceClient(channel).StreamPlans();
        await planning.RequestStream.WriteAsync(new PlanStreamRequest { Hello = new PlanHello { ExecutorId = "e1", Model = TestModels.LlavaProfile() } });
        await planning.RequestStream.WriteAsync(new PlanStreamRequest { Descriptor_ = PlanClient.Descriptor() });
        Assert.True(await planning.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        await planning.RequestStream.CompleteAsync();
        Assert.False(await planning.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));

        var text = await http.GetStringAsync("/metrics");

        foreach (var line in new[] { "scheduler_plan_streams 0", "scheduler_plan_decisions_total{result=\"planned\"} 1", "scheduler_plan_decision_seconds_count 1" })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string[] Lines)> FailAsync(params string[] arguments)
    {
        var error = new StringWriter();
        var code = await SchedulerProcess.RunAsync(arguments, TextWriter.Null, error);
        return (code, error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
