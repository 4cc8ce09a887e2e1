using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Policies;

public sealed class PolicyWatchCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private RunningScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await RunningScheduler.StartAsync();

    public async Task DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Watch_Json_WritesOneDocumentInEachLineUntilInterrupted()
    {
        using var stop = new CancellationTokenSource();
        var lines = new LineFeed();
        var watch = WatchAsync(lines, stop.Token, "--json");

        var initial = JsonNode.Parse(await lines.NextAsync())!;
        var done = JsonNode.Parse(await lines.NextAsync())!;
        await ApplyAsync("night", "now");
        var change = JsonNode.Parse(await lines.NextAsync())!;
        await stop.CancelAsync();

        Assert.Equal("default", (string?)initial["change"]!["name"]);
        Assert.Equal((true, 1), ((bool)done["initial_done"]!, (int)done["revision"]!));
        Assert.Equal(("night", "applied", "now", 2), ((string?)change["change"]!["name"], (string?)change["change"]!["action"], (string?)change["change"]!["reason"], (int)change["revision"]!));
        Assert.Equal(ExitCodes.Interrupted, await watch);
    }

    [Fact]
    public async Task Watch_OneName_WritesForPeople()
    {
        using var stop = new CancellationTokenSource();
        var lines = new LineFeed();
        var watch = WatchAsync(lines, stop.Token, "night");

        var done = await lines.NextAsync();
        await ApplyAsync("other", "no");
        await ApplyAsync("night", "yes");
        var change = await lines.NextAsync();
        await stop.CancelAsync();

        Assert.StartsWith("-- as it is at revision 1, epoch ", done, StringComparison.Ordinal);
        Assert.StartsWith("night  3  applied  ", change, StringComparison.Ordinal);
        Assert.EndsWith("anonymous  *: full  yes", change, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Interrupted, await watch);
    }

    [Fact]
    public async Task Watch_EpochThatIsNot_IsOutOfRange()
    {
        var run = await _scheduler.RunAsync("policy", "watch", "--after", "1", "--epoch", "before");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("OUT_OF_RANGE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_NoScheduler_IsUnavailable()
    {
        var run = await CliRun.OfAsync("policy", "watch", "--scheduler", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.Unavailable, run.Code);
    }

    private Task<int> WatchAsync(LineFeed lines, CancellationToken cancellationToken, params string[] options)
    {
        var context = new CliContext(lines, TextWriter.Null, TimeProvider.System, interactive: false);
        return CliApp.RunAsync(["policy", "watch", .. options, "--scheduler", _scheduler.Address], context, cancellationToken);
    }

    private async Task ApplyAsync(string name, string reason)
    {
        var file = _folder.Write($"{name}.yaml", $"name: {name}\nrules:\n  - full: true\n");
        Assert.Equal(ExitCodes.Ok, (await _scheduler.RunAsync("policy", "apply", "-f", file, "--reason", reason)).Code);
    }
}
