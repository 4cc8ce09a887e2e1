using Fovea.Scheduler.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Is a real scheduler with an empty store, in this process, on a free port of the loopback.</summary>
internal sealed class RunningScheduler : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempFolder _folder;

    private RunningScheduler(WebApplication app, TempFolder folder, string address) => (_app, _folder, Address) = (app, folder, address);

    public string Address { get; }

    public static async Task<RunningScheduler> StartAsync()
    {
        var folder = new TempFolder();
        var addressFile = folder.At("address");
        var arguments = SchedulerArguments.Parse(["--listen", "http://127.0.0.1:0", "--store", folder.At("store"), "--address-file", addressFile]);
        var app = await SchedulerHost.StartAsync(arguments);
        return new RunningScheduler(app, folder, (await File.ReadAllTextAsync(addressFile)).Trim());
    }

    /// <summary>Runs a command line against this scheduler.</summary>
    public Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync([.. args, "--scheduler", Address]);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
