using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fovea.Faults.Tests.Proxies;

/// <summary>A client's connection through a proxy.</summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<Connection> OpenAsync(int port)
    {
        var connection = new Connection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.ASCII.GetBytes(text)).WaitAsync(Limit);

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads this many bytes, fewer at the end of the connection.</summary>
    public async Task<string> ReadAsync(int count)
    {
        var buffer = new byte[count];
        var read = 0;
        while (read < count && await _socket.ReceiveAsync(buffer.AsMemory(read)).AsTask().WaitAsync(Limit) is > 0 and var more)
        {
            read += more;
        }

        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    public async Task<string> EchoAsync(string text)
    {
        await SendAsync(text);
        return await ReadAsync(text.Length);
    }

    public void Dispose() => _socket.Dispose();
}
