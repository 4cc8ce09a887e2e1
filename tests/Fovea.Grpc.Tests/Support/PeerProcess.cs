using System.Diagnostics;

namespace Fovea.GrpcTests.Support;

/// <summary>A gRPC peer of another implementation, run as a process of its own and ended with the test.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private PeerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a peer.</summary>
    /// <param name="file">The program.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="arguments">Its arguments.</param>
    public static PeerProcess Start(string file, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = folder;
        start.Environment["no_proxy"] = "*";
        return new PeerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start."));
    }

    /// <summary>Runs a peer to its end; it has to end with success.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string file, string folder, params string[] arguments)
    {
        await using var peer = Start(file, folder, arguments);
        var output = await peer._process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await peer._process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(peer._process.ExitCode == 0, $"{file} {string.Join(' ', arguments)}\n{output}\n{await peer._errors}");
        return output;
    }

    /// <summary>Reads the port that a server peer prints.</summary>
    public async Task<int> ReadPortAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.True(line?.StartsWith("port ", StringComparison.Ordinal) == true, $"The peer printed \"{line}\".");
        return int.Parse(line.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }
}
