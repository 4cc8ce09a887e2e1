using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Policies;

public sealed class PolicyChangeCommandsTests : IAsyncLifetime
{
    private const string Full = "name: night\nrules:\n  - class: \"*\"\n    full: true\n";
    private const string Half = "name: night\nrules:\n  - class: \"*\"\n    spec: uniform:r=0.5\n";

    private readonly TempFolder _folder = new();
    private RunningScheduler _scheduler = null!;

    public async Task InitializeAsync()
    {
        _scheduler = await RunningScheduler.StartAsync();
        _folder.Write("full.yaml", Full);
        _folder.Write("half.yaml", Half);
        await ApplyAsync("full.yaml", "--reason", "begin");
    }

    public async Task DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Apply_DryRunWithDiff_ShowsTheLinesThatWouldChange()
    {
        var run = await ApplyAsync("half.yaml", "--dry-run", "--diff");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Contains("-   full: true", run.Output, StringComparison.Ordinal);
        Assert.Contains("+   spec: uniform:r=0.5,first=3", run.Output, StringComparison.Ordinal);
        Assert.Contains("would change: policy night at revision 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("full: true", (await GetAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_DiffAsJson_IsAListOfLines()
    {
        var run = await ApplyAsync("half.yaml", "--diff", "--json");

        Assert.Contains(run.Json["diff"]!.AsArray(), line => (string?)line == "-   full: true");
    }

    [Fact]
    public async Task Apply_Canary_RunsAndIsPromoted()
    {
        var trial = await ApplyAsync("half.yaml", "--canary", "0.1", "--max-ttft-ratio", "3", "--min-agreement", "0.8", "--diff");
        var canary = await _scheduler.RunAsync("policy", "get", "night", "--canary");
        var listed = await _scheduler.RunAsync("policy", "list");
        var promoted = await _scheduler.RunAsync("policy", "promote", "night", "--expect", "3", "--json");

        Assert.Contains("+   spec: uniform:r=0.5,first=3", trial.Output, StringComparison.Ordinal);
        Assert.Contains("on trial: policy night at revision 3, canary on 10 % of requests since revision 3", trial.Output, StringComparison.Ordinal);
        Assert.Contains("spec: uniform:r=0.5,first=3", canary.Output, StringComparison.Ordinal);
        Assert.Contains("policy night, canary on 10 % of requests", listed.Output, StringComparison.Ordinal);
        var guard = promoted.Json["previous"]!["canary"]!["guard"]!;
        Assert.Equal((3.0, 0.8, 0.05, 20), ((double)guard["max_ttft_ratio"]!, (double)guard["min_agreement"]!, (double)guard["shadow_share"]!, (int)guard["min_requests"]!));
        Assert.Equal("uniform:r=0.5,first=3", (string?)promoted.Json["policy"]!["policy"]!["rules"]![0]!["spec"]);
    }

    [Fact]
    public async Task Abort_CanaryRuns_ChangesThePolicyBack()
    {
        await ApplyAsync("half.yaml", "--canary", "0.1");

        var aborted = await _scheduler.RunAsync("policy", "abort", "night", "--reason", "slow");
        var again = await _scheduler.RunAsync("policy", "abort", "night");

        Assert.Equal("aborted: policy night at revision 4", aborted.Output.Trim());
        Assert.Equal(ExitCodes.Failed, again.Code);
        Assert.Contains("FAILED_PRECONDITION: policy 'night' has no canary", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--canary 0", "--canary 0 is not between 0 and 1")]
    [InlineData("--canary 1.5", "--canary 1.5 is not between 0 and 1")]
    [InlineData("--min-agreement 0.9", "without --canary")]
    public async Task Apply_CanaryThatIsNone_IsUsage(string options, string said)
    {
        var run = await ApplyAsync("half.yaml", options.Split(' '));

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_AfterTwoVersions_GoesBackAndIsInHistory()
    {
        await ApplyAsync("half.yaml", "--reason", "faster");

        var dry = await _scheduler.RunAsync("policy", "rollback", "night", "--dry-run", "--diff");
        var done = await _scheduler.RunAsync("policy", "rollback", "night", "--to", "2", "--reason", "worse", "--json");
        var history = await _scheduler.RunAsync("policy", "history", "night", "--json");
        var table = await _scheduler.RunAsync("policy", "history", "night", "--limit", "2");

        Assert.Contains("+   full: true", dry.Output, StringComparison.Ordinal);
        Assert.Contains("would be rolled back", dry.Output, StringComparison.Ordinal);
        Assert.Equal((4, true), ((int)done.Json["policy"]!["revision"]!, (bool)done.Json["changed"]!));
        Assert.Equal(
            [("rolled_back", "worse"), ("applied", "faster"), ("applied", "begin")],
            history.Json.AsArray().Select(version => ((string?)version!["action"], (string?)version["reason"])));
        Assert.Contains("rolled back", table.Output, StringComparison.Ordinal);
        Assert.Contains("faster", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("begin", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_UnknownRevision_IsNotFound()
    {
        var run = await _scheduler.RunAsync("policy", "rollback", "night", "--to", "99");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("NOT_FOUND: history of policy 'night' has no revision 99; it has 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Policy_IsGoneKeptInHistoryAndComesBack()
    {
        var dry = await _scheduler.RunAsync("policy", "delete", "night", "--dry-run");
        var lost = await _scheduler.RunAsync("policy", "delete", "night", "--expected-revision", "7");
        var done = await _scheduler.RunAsync("policy", "delete", "night", "--expected-revision", "2", "--reason", "unused", "--json");
        var gone = await GetAsync();
        var history = await _scheduler.RunAsync("policy", "history", "night", "--json");
        var back = await _scheduler.RunAsync("policy", "rollback", "night");

        Assert.Equal("would be deleted: policy night at revision 2", dry.Output.Trim());
        Assert.Contains("ABORTED: policy 'night' is not at revision 7", lost.Error, StringComparison.Ordinal);
        Assert.Equal((3, false, "night"), ((int)done.Json["revision"]!, (bool)done.Json["dry_run"]!, (string?)done.Json["previous"]!["policy"]!["name"]));
        Assert.Contains("NOT_FOUND", gone.Error, StringComparison.Ordinal);
        Assert.Equal(("deleted", "unused"), ((string?)history.Json[0]!["action"], (string?)history.Json[0]!["reason"]));
        Assert.Equal("rolled back: policy night at revision 4", back.Output.Trim());
    }

    [Fact]
    public async Task Delete_CanaryRuns_IsRefusedWithTheReason()
    {
        await ApplyAsync("half.yaml", "--canary", "0.1");

        var run = await _scheduler.RunAsync("policy", "delete", "night");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("FAILED_PRECONDITION: policy 'night' has a canary since revision 3", run.Error, StringComparison.Ordinal);
        Assert.Contains("promote or abort it first", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_OtherRevisionExpected_NamesTheCurrentOne()
    {
        var run = await ApplyAsync("half.yaml", "--expect", "7");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("ABORTED: policy 'night' is not at revision 7: its current revision is 2", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("json")]
    public async Task Get_AnyForm_IsReadByApplyAndChangesNothing(string form)
    {
        const string Rich = """
            name: rich
            floor: 2
            allowed_overrides: [full, budget]
            rules:
              - { class: count, tenant: acme, model: demo, floor: 0, full: true }
              - { tenant: acme, spec: "fastv:K=2,R=0.5" }
              - { class: "*", budget: { flops: 0.9, slope: 0.3, amplitude: 0.8 } }
            """;
        await _scheduler.RunAsync("policy", "apply", "-f", _folder.Write("rich.yaml", Rich));

        var shown = await _scheduler.RunAsync("policy", "get", "rich", "-o", form);
        var again = await _scheduler.RunAsync("policy", "apply", "-f", _folder.Write($"again.{form}", shown.Output), "--json");

        Assert.Equal((ExitCodes.Ok, string.Empty), (again.Code, again.Error));
        Assert.False((bool)again.Json["changed"]!);
    }

    [Fact]
    public async Task List_Tenants_AreColumns()
    {
        await _scheduler.RunAsync(
            "policy", "apply", "-f", _folder.Write("t.yaml", "name: t\nrules:\n  - { tenant: acme, model: demo, floor: 5, full: true }\n"));

        var line = (await _scheduler.RunAsync("policy", "list")).Output.Split('\n').Single(text => text.Contains("acme", StringComparison.Ordinal));

        Assert.Equal(["t", "demo", "*", "acme", "full", "5", "3"], line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(cell => cell != "│"));
    }

    private Task<CliRun> ApplyAsync(string file, params string[] options) =>
        _scheduler.RunAsync(["policy", "apply", "-f", _folder.At(file), .. options]);

    private Task<CliRun> GetAsync() => _scheduler.RunAsync("policy", "get", "night");
}
