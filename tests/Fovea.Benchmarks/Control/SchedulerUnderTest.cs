using System.Diagnostics;
using Fovea.Scheduler.Hosting;

namespace Fovea.Benchmarks.Control;

/// <summary>Is a real scheduler in a process of its own, with a store of its own.</summary>
internal sealed class SchedulerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;

    private SchedulerUnderTest(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Gets where it listens.</summary>
    public string Address { get; private set; } = string.Empty;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<SchedulerUnderTest> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fovea-bench-").FullName;
        var file = Path.Combine(folder, "address");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] arguments =
        [
            typeof(SchedulerHost).Assembly.Location, "--listen", "http://127.0.0.1:0", "--store", Path.Combine(folder, "store"), "--address-file", file,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var scheduler = new SchedulerUnderTest(Process.Start(start)!, folder);
        scheduler._process.OutputDataReceived += (_, _) => { };
        scheduler._process.BeginOutputReadLine();
        using var limit = new CancellationTokenSource(StartLimit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(file))
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }

        scheduler.Address = (await File.ReadAllTextAsync(file, limit.Token)).Trim();
        return scheduler;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
