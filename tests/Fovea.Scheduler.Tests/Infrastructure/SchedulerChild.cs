using System.Diagnostics;
using Fovea.Scheduler.Hosting;
using Grpc.Net.Client;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a scheduler in a process of its own, which a test can kill.</summary>
internal sealed class SchedulerChild : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TempFolder _folder;

    private SchedulerChild(Process process, TempFolder folder)
    {
        _process = process;
        _folder = folder;
    }

    public string Address { get; private set; } = string.Empty;

    public static Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(SchedulerHost).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static async Task<SchedulerChild> StartAsync(string store, params string[] more)
    {
        var folder = new TempFolder();
        var file = folder["address"];
        var process = Launch(["--listen", "http://127.0.0.1:0", "--store", store, "--address-file", file, .. more]);
        var child = new SchedulerChild(process, folder);
        var listening = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null || line.Data.Contains("Scheduler listens", StringComparison.Ordinal))
            {
                listening.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listening.Task.WaitAsync(Limits.Step);
        child.Address = (await File.ReadAllTextAsync(file)).Trim();
        return child;
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(Address);

    /// <summary>Ends the process by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Limits.Step);
    }

    /// <summary>Asks the process to end by SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limits.Step);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _folder.Dispose();
    }
}
