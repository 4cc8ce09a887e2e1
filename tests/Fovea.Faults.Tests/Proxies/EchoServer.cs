using System.Net;
using System.Net.Sockets;

namespace Fovea.Faults.Tests.Proxies;

/// <summary>Sends back what it is sent, on a free port.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private long _received;

    public EchoServer()
    {
        _listener.Start();
        _serving = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets the bytes that have arrived on all connections.</summary>
    public long Received => Interlocked.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(EchoAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var buffer = new byte[4096];
                while (await socket.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
                {
                    Interlocked.Add(ref _received, count);
                    await socket.SendAsync(buffer.AsMemory(0, count), _end.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The client or the server has gone.
            }
        }
    }
}
