using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fovea.Scheduler.Tests.Redis;

/// <summary>Is a Redis server of a test's own: a process on a free port, with its data in a folder that goes away with it.</summary>
/// <remarks>Stands alone, so that other test projects can compile it in.</remarks>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string[] _settings;
    private readonly string[] _client;
    private Process? _process;

    private RedisServer(string folder, int port, string[] settings, string[] client)
    {
        (_folder, Port, _settings, _client) = (folder, port, settings, client);
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    private string Data => Path.Combine(_folder, "data");

    private string Saved => Path.Combine(_folder, "saved");

    /// <summary>Starts a server that has made durable what it acknowledges.</summary>
    /// <param name="settings">More lines of its configuration.</param>
    public static Task<RedisServer> StartAsync(params string[] settings) => StartAsync(port => [$"port {port}", .. settings], []);

    /// <summary>Starts a server whose port is set by the lines themselves.</summary>
    /// <param name="settings">Lines of its configuration for a port.</param>
    /// <param name="client">Arguments that <c>redis-cli</c> needs to reach it.</param>
    public static async Task<RedisServer> StartAsync(Func<int, string[]> settings, string[] client)
    {
        var port = FreePort();
        var server = new RedisServer(Directory.CreateTempSubdirectory("fovea-redis-").FullName, port, settings(port), client);
        Directory.CreateDirectory(server.Data);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the server after it was killed, with the data that it has.</summary>
    public async Task StartAgainAsync()
    {
        var configuration = Path.Combine(_folder, "redis.conf");
        string[] lines = [$"dir {Data}", "bind 127.0.0.1", "save \"\"", "appendonly yes", "appendfsync always", .. _settings];
        await File.WriteAllLinesAsync(configuration, lines);
        var start = new ProcessStartInfo("redis-server", [configuration]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Launch(start);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) =>
        {
            log.AppendLine(line.Data);
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"redis-server ended: {log}"));
            }
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await ready.Task.WaitAsync(Step);
    }

    /// <summary>Ends the server by SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Step);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Stops the server where it is, by SIGSTOP: it is connected, and answers nothing.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>Lets a paused server go on.</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Removes the data of a server that was killed.</summary>
    public void Empty()
    {
        Directory.Delete(Data, recursive: true);
        Directory.CreateDirectory(Data);
    }

    /// <summary>Keeps a copy of the data of a server that was killed.</summary>
    public void Save() => Copy(Data, Saved);

    /// <summary>Puts the copy in the place of the data of a server that was killed.</summary>
    public void Restore() => Copy(Saved, Data);

    /// <summary>Runs a command by <c>redis-cli</c> and returns what it prints.</summary>
    public async Task<string> CallAsync(params string[] words)
    {
        using var process = Launch(new ProcessStartInfo("redis-cli", ["-p", $"{Port}", .. _client, .. words]) { UseShellExecute = false, RedirectStandardOutput = true });
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Step);
        await process.WaitForExitAsync().WaitAsync(Step);
        return output.Trim();
    }

    /// <summary>Completes once as many connections are subscribed to a channel.</summary>
    public async Task SubscribedAsync(string channel, int count)
    {
        using var limit = new CancellationTokenSource(Step);
        while (await CallAsync("PUBSUB", "NUMSUB", channel) != $"{channel}\n{count}")
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            start.UseShellExecute = false;
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"{start.FileName} cannot be started: run scripts/setup.sh, which installs it", exception);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void Signal(string name)
    {
        using var kill = Launch(new ProcessStartInfo("kill", [$"-{name}", $"{_process!.Id}"]));
        kill.WaitForExit();
    }
}
