using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Policies;

public sealed class PolicyCommandsTests
{
    private const string Full = "name: night\nrules:\n  - class: \"*\"\n    full: true\n";
    private const string Half = "name: night\nrules:\n  - class: \"*\"\n    spec: uniform:r=0.5\n";

    [Fact]
    public async Task Apply_NewPolicy_IsStoredAndListed()
    {
        await using var scheduler = await RunningScheduler.StartAsync();
        using var folder = new TempFolder();

        var applied = await scheduler.RunAsync("policy", "apply", "-f", folder.Write("p.yaml", Full), "--expected-revision", "0", "--json");
        var listed = await scheduler.RunAsync("policy", "list", "--json");

        Assert.Equal(ExitCodes.Ok, applied.Code);
        Assert.True((bool)applied.Json["changed"]!);
        Assert.Contains(listed.Json.AsArray(), stored => (string?)stored!["policy"]!["name"] == "night");
    }

    [Fact]
    public async Task Apply_OldRevision_IsAbortedAndChangesNothing()
    {
        await using var scheduler = await RunningScheduler.StartAsync();
        using var folder = new TempFolder();
        await scheduler.RunAsync("policy", "apply", "-f", folder.Write("p.yaml", Full));

        var refused = await scheduler.RunAsync("policy", "apply", "-f", folder.Write("q.yaml", Half), "--expected-revision", "999");
        var kept = await scheduler.RunAsync("policy", "get", "night");

        Assert.Equal(ExitCodes.Failed, refused.Code);
        Assert.Contains("ABORTED", refused.Error, StringComparison.Ordinal);
        Assert.Contains("full: true", kept.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_DryRun_ChangesNothing()
    {
        await using var scheduler = await RunningScheduler.StartAsync();

        var run = await scheduler.RunAsync("policy", "apply", "-f", Path.Combine(Checkout.Demo, "policy.yaml"), "--dry-run", "--json");
        var schedules = await scheduler.RunAsync("schedule", "list", "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.True((bool)run.Json["dry_run"]!);
        Assert.Contains("would be stored first", run.Error, StringComparison.Ordinal);
        Assert.Empty(schedules.Json.AsArray());
    }

    [Fact]
    public async Task Apply_DemoPolicy_StoresItsScheduleOnce()
    {
        await using var scheduler = await RunningScheduler.StartAsync();
        string[] apply = ["policy", "apply", "-f", Path.Combine(Checkout.Demo, "policy.yaml"), "--json"];

        var first = await scheduler.RunAsync(apply);
        var second = await scheduler.RunAsync(apply);
        var schedules = await scheduler.RunAsync("schedule", "list", "--json");

        Assert.True((bool)first.Json["changed"]!);
        Assert.False((bool)second.Json["changed"]!);
        var schedule = Assert.Single(schedules.Json.AsArray());
        Assert.Equal("lossless", (string?)schedule!["name"]);
        Assert.Equal((string?)schedule["id"], (string?)first.Json["policy"]!["policy"]!["rules"]![0]!["schedule_id"]);
    }

    [Fact]
    public async Task Get_AppliedPolicy_PrintsWhatApplyReads()
    {
        await using var scheduler = await RunningScheduler.StartAsync();
        using var folder = new TempFolder();
        await scheduler.RunAsync("policy", "apply", "-f", folder.Write("p.yaml", Half));

        var shown = await scheduler.RunAsync("policy", "get", "night");
        var again = await scheduler.RunAsync("policy", "apply", "-f", folder.Write("again.yaml", shown.Output), "--json");

        Assert.Equal(ExitCodes.Ok, again.Code);
        Assert.False((bool)again.Json["changed"]!);
    }

    [Fact]
    public async Task Get_UnknownPolicy_IsNotFound()
    {
        await using var scheduler = await RunningScheduler.StartAsync();

        var run = await scheduler.RunAsync("policy", "get", "nobody");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("NOT_FOUND", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FaultsOfTheScheduler_AreAllNamed()
    {
        await using var scheduler = await RunningScheduler.StartAsync();
        using var folder = new TempFolder();
        var file = folder.Write("p.yaml", "name: Night Shift\nrules:\n  - class: \"*\"\n    schedule: s-0123456789abcdef\n");

        var run = await scheduler.RunAsync("policy", "apply", "-f", file);

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("name", run.Error, StringComparison.Ordinal);
        Assert.Contains("s-0123456789abcdef", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_BadFile_IsUsageWithoutAService()
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync("policy", "apply", "-f", folder.Write("p.yaml", "name: a\nshape: round"), "--scheduler", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("line 2: shape: unknown key", run.Error, StringComparison.Ordinal);
        Assert.Contains("rules: must be a list", run.Error, StringComparison.Ordinal);
    }
}
