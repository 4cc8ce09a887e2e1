using System.Diagnostics;

namespace Fovea.Faults.Processes;

/// <summary>One program that can be killed, stopped and continued, with its output in a file; it never outlives this process.</summary>
internal sealed class ManagedProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly OrphanGuard _guard;
    private readonly StreamWriter _log;
    private readonly Lock _gate = new();
    private bool _isClosed;

    private ManagedProcess(Process process, OrphanGuard guard, StreamWriter log)
    {
        _process = process;
        _guard = guard;
        _log = log;
        _process.OutputDataReceived += (_, line) => Log(line.Data);
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Gets the process id.</summary>
    public int Id => _process.Id;

    /// <summary>Gets whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program; its output is appended to <paramref name="log"/>.</summary>
    public static ManagedProcess Start(string program, IEnumerable<string> arguments, string log, OrphanGuard guard)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var writer = new StreamWriter(log, append: true) { AutoFlush = true };
        var process = Process.Start(start)!;
        guard.Add(process.Id);
        return new ManagedProcess(process, guard, writer);
    }

    /// <summary>Ends it without a word, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(EndLimit);
    }

    /// <summary>Stops it where it is; it keeps its connections and answers nothing.</summary>
    public void Stop() => Signals.Send(_process.Id, Signals.Stop);

    /// <summary>Lets it go on after <see cref="Stop"/>.</summary>
    public void Continue() => Signals.Send(_process.Id, Signals.Continue);

    /// <summary>Asks it to end, as an orchestrator does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Signals.Send(_process.Id, Signals.Terminate);
        await _process.WaitForExitAsync().WaitAsync(EndLimit);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _guard.Remove(_process.Id);
        _process.Dispose();
        lock (_gate)
        {
            _isClosed = true;
            _log.Dispose();
        }
    }

    private void Log(string? line)
    {
        lock (_gate)
        {
            if (line is not null && !_isClosed)
            {
                _log.WriteLine(line);
            }
        }
    }
}
