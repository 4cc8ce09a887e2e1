using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Fovea.Functional.Tests;

/// <summary>One built program, started as an operator starts it.</summary>
internal sealed class FoveaProcess : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private FoveaProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts a program of services/ from its built assembly.</summary>
    public static FoveaProcess Start(string project, params string[] arguments) => StartProgram("dotnet", [Repository.Assembly(project), .. arguments]);

    /// <summary>Runs the command line to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunCliAsync(params string[] arguments)
    {
        await using var process = StartProgram("dotnet", [Repository.Cli, .. arguments]);
        return (await process.ExitAsync(), process.Output, process.Errors);
    }

    /// <summary>Starts any program.</summary>
    public static FoveaProcess StartProgram(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new FoveaProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the file that the program writes its address to.</summary>
    public async Task<string> AddressAsync(string file)
    {
        await Waiting.UntilAsync(() => File.Exists(file) || _process.HasExited, $"{file}\n{Output}\n{Errors}");
        Assert.False(_process.HasExited, $"It has ended with {(_process.HasExited ? _process.ExitCode : 0)}:\n{Output}\n{Errors}");
        return (await File.ReadAllTextAsync(file)).Trim();
    }

    /// <summary>Ends it without a word, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Limit);
    }

    /// <summary>Asks it to end, as an orchestrator does, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Limit);
        return await ExitAsync();
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
