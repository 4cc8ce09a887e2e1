using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Schedules;

public sealed class ScheduleCommandsTests
{
    [Fact]
    public async Task Put_Rates_CanBeListedShownExplainedAndDeleted()
    {
        await using var scheduler = await RunningScheduler.StartAsync();
        var file = Path.Combine(Checkout.Demo, "schedules/lossless.json");

        var put = await scheduler.RunAsync("schedule", "put", file, "--json");
        var id = put.Json["id"]!.GetValue<string>();
        var shown = await scheduler.RunAsync("schedule", "show", id, "--json");
        var explained = await scheduler.RunAsync(
            "plan", "explain", "--shape", Checkout.Model, "--vision-tokens", "256", "--text-tokens", "18", "--schedule", $"id:{id}", "--accounting", "executed", "--json");
        var deleted = await scheduler.RunAsync("schedule", "delete", id);
        var listed = await scheduler.RunAsync("schedule", "list", "--json");

        Assert.Equal(put.Json["rates"]!.ToJsonString(), shown.Json["rates"]!.ToJsonString());
        Assert.Equal("lossless", (string?)shown.Json["name"]);
        Assert.Equal("[256,256,256,132,132,109,109,108,103,100,100,100]", explained.Json["counts"]!.ToJsonString());
        Assert.Equal(ExitCodes.Ok, deleted.Code);
        Assert.Empty(listed.Json.AsArray());
    }

    [Fact]
    public async Task Put_Again_GivesTheSameId()
    {
        await using var scheduler = await RunningScheduler.StartAsync();

        var first = await scheduler.RunAsync("schedule", "put", "--spec", "fastv:K=2,R=0.5", "--name", "fast");
        var second = await scheduler.RunAsync("schedule", "put", "--spec", "fastv:K=2,R=0.50", "--name", "fast");

        Assert.Equal(ExitCodes.Ok, first.Code);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task Delete_UsedSchedule_IsRefused()
    {
        await using var scheduler = await RunningScheduler.StartAsync();
        var applied = await scheduler.RunAsync("policy", "apply", "-f", Path.Combine(Checkout.Demo, "policy.yaml"), "--json");
        var id = applied.Json["policy"]!["policy"]!["rules"]![0]!["schedule_id"]!.GetValue<string>();

        var run = await scheduler.RunAsync("schedule", "delete", id);

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("FAILED_PRECONDITION", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2, \"x\"]", "rates[2]")]
    [InlineData("[0.5, 1]", "rates[0]")]
    [InlineData("{\"rates\": [1], \"ceiling\": 3}", "ceiling")]
    [InlineData("not json", "JSON")]
    public async Task Put_BadFile_IsUsageAndNamesTheFault(string text, string named)
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync("schedule", "put", folder.Write("r.json", text), "--scheduler", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_NeitherFileNorSpec_IsUsage()
    {
        var run = await CliRun.OfAsync("schedule", "put");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("either FILE or --spec", run.Error, StringComparison.Ordinal);
    }
}
