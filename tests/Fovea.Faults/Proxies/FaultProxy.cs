using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fovea.Faults.Proxies;

/// <summary>Stands between TCP clients and a server and does to their connections what bad networks do.</summary>
/// <remarks>Faults are switched while connections live. Safe for any number of threads.</remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<ProxyLink, byte> _links = new();
    private readonly CancellationTokenSource _end = new();
    private readonly FaultSwitch _switch = new();
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private readonly int _seed;
    private int _accepted;

    /// <summary>Listens on a free port of the loopback address.</summary>
    /// <param name="target">Port of the server on the loopback address; asked for each connection.</param>
    /// <param name="seed">Of jitter and losses.</param>
    /// <param name="time">Clock of delays.</param>
    public FaultProxy(Func<int> target, int seed, TimeProvider time)
    {
        Target = target;
        _seed = seed;
        _time = time;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Gets the port that clients connect to.</summary>
    public int Port { get; }

    /// <summary>Gets how many connections were made.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Gets how many connections are open now, frozen ones included.</summary>
    public int Open => _links.Count;

    /// <summary>Gets or sets what happens on all connections, those that are open included.</summary>
    public ProxyFaults Faults
    {
        get => _switch.Faults;
        set => _switch.Faults = value;
    }

    /// <summary>Gets or sets what looks at the bytes that the server sends on each new connection; none when null.</summary>
    public Func<IStreamFilter>? ToClientFilter { get; set; }

    private Func<int> Target { get; }

    /// <summary>Makes every open connection half-open: nothing passes any more and neither side is told. New ones work.</summary>
    public void Freeze()
    {
        foreach (var link in _links.Keys)
        {
            link.Freeze();
        }
    }

    /// <summary>Breaks every open connection with a reset.</summary>
    public void Reset()
    {
        foreach (var link in _links.Keys)
        {
            link.Reset();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var link in _links.Keys)
        {
            link.Dispose();
        }

        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_end.Token);
                _ = ServeAsync(client, Interlocked.Increment(ref _accepted));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The proxy goes.
        }
    }

    private async Task ServeAsync(Socket client, int number)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        using var link = new ProxyLink(client, server);
        _links[link] = 0;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, Target(), _end.Token);
            var toServer = new ProxyPipe(client, server, Route(2 * number), faults => faults.ToServer, null);
            var toClient = new ProxyPipe(server, client, Route((2 * number) + 1), faults => faults.ToClient, ToClientFilter?.Invoke());
            await link.RunAsync(toServer, toClient);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            link.Reset();
        }
        finally
        {
            _links.TryRemove(link, out _);
        }
    }

    private ProxyRoute Route(int number) => new(_switch, new Courier(unchecked((_seed * 1_000_003) + number)), _time);
}
