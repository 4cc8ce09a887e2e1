using System.Diagnostics;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Demo;

/// <summary>Is one service in its own process on a free port of the loopback, with its log in a file.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const int LogTail = 20;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _name;
    private readonly string _addressFile;
    private readonly string _logFile;
    private readonly Task _logging;

    private ServiceProcess(Process process, string name, string addressFile, string logFile)
    {
        (_process, _name, _addressFile, _logFile) = (process, name, addressFile, logFile);
        _logging = CopyLogAsync();
    }

    /// <summary>Starts an assembly with the arguments of the service and those that make it choose a port and tell it.</summary>
    /// <param name="assembly">Path of its dll.</param>
    /// <param name="folder">Folder for its address and log.</param>
    /// <param name="arguments">The service's own arguments.</param>
    public static ServiceProcess Start(string assembly, string folder, IEnumerable<string> arguments)
    {
        if (!File.Exists(assembly))
        {
            throw new CliException(ExitCodes.Failed, $"{assembly}: not built yet; run make build");
        }

        var name = Path.GetFileNameWithoutExtension(assembly);
        var addressFile = Path.Combine(folder, $"{name}.address");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[assembly, .. arguments, "--listen", "http://127.0.0.1:0", "--address-file", addressFile])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new CliException(ExitCodes.Failed, $"{name} did not start");
        return new ServiceProcess(process, name, addressFile, Path.Combine(folder, $"{name}.log"));
    }

    /// <summary>Waits until the service has bound its port and returns its address.</summary>
    /// <exception cref="CliException">It ended or took too long; the end of its log is in the faults.</exception>
    public async Task<Uri> AddressAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var text = string.Empty;
        await WaitAsync(
            () =>
            {
                text = File.Exists(_addressFile) ? File.ReadAllText(_addressFile).Trim() : string.Empty;
                return Task.FromResult(Uri.TryCreate(text, UriKind.Absolute, out _));
            },
            "bind its port",
            time,
            cancellationToken);
        return new Uri(text);
    }

    /// <summary>Waits until a condition holds while the process lives.</summary>
    public async Task WaitAsync(Func<Task<bool>> condition, string what, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (!await condition())
        {
            if (_process.HasExited || time.GetElapsedTime(begun) > StartLimit)
            {
                throw await FailureAsync(_process.HasExited ? $"ended with {_process.ExitCode} before it could {what}" : $"took over {StartLimit.TotalSeconds} s to {what}");
            }

            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    /// <summary>Sends SIGTERM and waits for a clean end.</summary>
    /// <exception cref="CliException">It did not end in time, or ended with another exit code than 0; the end of its log is in the faults.</exception>
    public async Task StopAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (!_process.HasExited)
        {
            Signals.SendTerminate(_process);
        }

        using var limit = new CancellationTokenSource(StopLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _process.WaitForExitAsync(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw await FailureAsync($"did not end within {StopLimit.TotalSeconds} s of SIGTERM");
        }

        if (_process.ExitCode != 0)
        {
            throw await FailureAsync($"ended with {_process.ExitCode} on SIGTERM");
        }
    }

    /// <summary>Kills the process if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task CopyLogAsync()
    {
        await using var log = new StreamWriter(_logFile) { AutoFlush = true };
        var gate = TextWriter.Synchronized(log);
        await Task.WhenAll(CopyAsync(_process.StandardOutput, gate), CopyAsync(_process.StandardError, gate));
    }

    private static async Task CopyAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await to.WriteLineAsync(line);
        }
    }

    private async Task<CliException> FailureAsync(string what)
    {
        if (_process.HasExited)
        {
            await _logging;
        }

        using var reader = new StreamReader(new FileStream(_logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new CliException(ExitCodes.Failed, [$"{_name} {what}", .. lines.TakeLast(LogTail).Select(line => $"  {line}")]);
    }
}
