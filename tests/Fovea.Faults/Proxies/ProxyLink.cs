using System.Net.Sockets;

namespace Fovea.Faults.Proxies;

/// <summary>One connection through a proxy.</summary>
internal sealed class ProxyLink : IDisposable
{
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isFrozen;

    /// <summary>Takes both sockets.</summary>
    public ProxyLink(Socket client, Socket server)
    {
        _client = client;
        _server = server;
    }

    /// <summary>Carries both directions until both have ended or one breaks; a frozen connection stays open until the proxy goes.</summary>
    public async Task RunAsync(ProxyPipe toServer, ProxyPipe toClient)
    {
        var both = Task.WhenAll(Guard(toServer.RunAsync(_end.Token)), Guard(toClient.RunAsync(_end.Token)));
        await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_isFrozen)
        {
            await _frozen.Task;
        }
    }

    /// <summary>Carries nothing any more and tells neither side: a half-open connection.</summary>
    public void Freeze()
    {
        _isFrozen = true;
        _end.Cancel();
    }

    /// <summary>Breaks the connection with a reset on both sides.</summary>
    public void Reset()
    {
        Abort(_client);
        Abort(_server);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _client.Dispose();
        _server.Dispose();
        _frozen.TrySetResult();
    }

    /// <summary>Breaks the other direction when this one breaks.</summary>
    private async Task Guard(Task pipe)
    {
        await pipe.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!pipe.IsCompletedSuccessfully && !_isFrozen)
        {
            Reset();
        }
    }

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }
}
