using System.Diagnostics;
using Fovea.Faults.Processes;

namespace Fovea.Faults.Tests.Processes;

public sealed class ManagedProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-faults-").FullName;
    private readonly OrphanGuard _guard = new();

    private string Log => Path.Combine(_folder, "output.log");

    public void Dispose()
    {
        _guard.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Kill_RunningProcess_IsGone()
    {
        await using var process = Sleep();

        await process.KillAsync();

        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task Stop_RunningProcess_StandsStillUntilContinued()
    {
        await using var process = Sleep();

        process.Stop();
        await StateAsync(process.Id, 'T');
        process.Continue();

        await StateAsync(process.Id, 'S');
    }

    [Fact]
    public async Task Terminate_WithTrap_GivesItsExitCode()
    {
        await using var process = Shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        await Waiting.UntilAsync(() => Task.FromResult(Text().Contains("ready", StringComparison.Ordinal)), Limit, "the trap is set");

        Assert.Equal(7, await process.TerminateAsync());
    }

    [Fact]
    public async Task Guard_Gone_TakesStoppedProcessesAlongButNotForgottenOnes()
    {
        var guard = new OrphanGuard();
        using var forgotten = Process.Start("sleep", "60");
        using var stopped = Process.Start("sleep", "60");
        using var running = Process.Start("sleep", "60");
        guard.Add(forgotten.Id);
        guard.Add(stopped.Id);
        guard.Add(running.Id);
        guard.Remove(forgotten.Id);
        Signals.Send(stopped.Id, Signals.Stop);

        guard.Dispose();

        await running.WaitForExitAsync().WaitAsync(Limit);
        await stopped.WaitForExitAsync().WaitAsync(Limit);
        Assert.False(forgotten.HasExited);
        forgotten.Kill();
    }

    private ManagedProcess Sleep() => ManagedProcess.Start("sleep", ["60"], Log, _guard);

    private ManagedProcess Shell(string script) => ManagedProcess.Start("/bin/sh", ["-c", script], Log, _guard);

    private string Text()
    {
        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static Task StateAsync(int process, char state) => Waiting.UntilAsync(
        async () => (await File.ReadAllTextAsync($"/proc/{process}/stat")).Split(") ")[1][0] == state, Limit, $"state {state}");
}
