using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Fovea.Faults.Processes;

namespace Fovea.Faults.Stacks;

/// <summary>A Redis server that keeps every write, or nothing but the snapshots it is told to make.</summary>
internal sealed class RedisNode : Node
{
    private const string DumpFile = "dump.rdb";

    private readonly bool _isDurable;

    /// <summary>Makes a server on a free port.</summary>
    public RedisNode(string folder, bool isDurable)
        : base("redis", folder)
    {
        _isDurable = isDurable;
        Port = Ports.Free();
    }

    /// <summary>Gets its port.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public override async Task StartAsync()
    {
        string[] arguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, "--dbfilename", DumpFile, "--save", "",
            "--appendonly", _isDurable ? "yes" : "no", "--appendfsync", "always",
        ];
        Start("redis-server", arguments);
        await Waiting.UntilAsync(async () => await TryAsync("PING") == "+PONG", Limits.Start, "redis answers");
    }

    /// <summary>Writes all data to disk: what the next start of a server that is not durable begins with.</summary>
    public Task SaveAsync() => RequireAsync("SAVE");

    /// <summary>Runs a command that is one line and whose answer is one line.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    public async Task<string> RequireAsync(string command)
    {
        var answer = await TryAsync(command);
        return answer is { } line && !line.StartsWith('-') ? line : throw new InvalidOperationException($"{command}: {answer ?? "no answer"}");
    }

    private async Task<string?> TryAsync(string command)
    {
        try
        {
            using var client = new TcpClient();
            using var limit = new CancellationTokenSource(Limits.Call);
            await client.ConnectAsync("127.0.0.1", Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), limit.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}
