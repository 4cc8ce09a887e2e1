using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Searches;

public sealed class SearchInterruptTests
{
    [Fact]
    public async Task Watch_Interrupted_LeavesTheSearchAndSaysHowToGoOn()
    {
        using var folder = new TempFolder();
        var watched = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var executor = await TestServer.StartAsync(new CalibrationDouble());
        await using var scheduler = await TestServer.StartAsync(new FleetDouble(executor.Address), new SearchDouble { Watched = watched });
        using var interrupt = new CancellationTokenSource();
        var (output, error) = (new StringWriter(), new StringWriter());
        var context = new CliContext(output, error, TimeProvider.System, interactive: false);

        var running = CliApp.RunAsync(["search", "gsearch", "--set", SetFolder.Write(folder, 2), "--scheduler", scheduler.Address], context, interrupt.Token);
        Assert.Same(watched.Task, await Task.WhenAny(watched.Task, running));
        await interrupt.CancelAsync();

        Assert.Equal(ExitCodes.Interrupted, await running);
        foreach (var hint in (string[])["goes on", "fovea search watch g-1", "fovea search cancel g-1", "fovea search resume g-1"])
        {
            Assert.Contains(hint, error.ToString(), StringComparison.Ordinal);
        }
    }
}
