using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Stands between the client library and one Redis server to do what the library cannot: name an ACL user, and verify TLS as it should.</summary>
/// <remarks>
/// The library sends <c>AUTH secret</c> first. The relay, which listens on loopback, takes a connection only with that secret, which is
/// made anew in each process, so no other process can use it. It then dials Redis, authenticates in its own way, and copies bytes.
/// Redis' answer to that authentication is the library's answer.
/// </remarks>
internal sealed class RedisRelay : IDisposable
{
    private readonly RedisDial _dial;
    private readonly TimeSpan _timeout;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _expected;

    private RedisRelay(RedisDial dial, TimeSpan timeout, string secret)
    {
        (_dial, _timeout) = (dial, timeout);
        _expected = Encoding.ASCII.GetBytes($"*2\r\n$4\r\nAUTH\r\n${secret.Length}\r\n{secret}\r\n");
    }

    /// <summary>Gets the address that the library must use.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Returns a password that nobody else knows.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Begins to relay connections that bring the secret as their password.</summary>
    public static RedisRelay Start(RedisDial dial, TimeSpan timeout, string secret)
    {
        var relay = new RedisRelay(dial, timeout, secret);
        relay._listener.Start();
        _ = relay.AcceptAsync();
        return relay;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One connection less; the relay ends when it is told to.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            client.NoDelay = true;
            var near = client.GetStream();
            await using var far = await OpenAsync(near);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            await Task.WhenAny(near.CopyToAsync(far, ended.Token), far.CopyToAsync(near, ended.Token));
            await ended.CancelAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // The library sees its connection end and says so.
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream near)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(_timeout);
        var first = new byte[_expected.Length];
        await near.ReadExactlyAsync(first, limit.Token);
        if (!CryptographicOperations.FixedTimeEquals(first, _expected))
        {
            throw new IOException("a process without the secret connected to the relay");
        }

        var far = await _dial.OpenAsync(limit.Token);
        try
        {
            if (!await _dial.TryAuthenticateAsync(far, limit.Token))
            {
                await near.WriteAsync("+OK\r\n"u8.ToArray(), limit.Token);
            }

            return far;
        }
        catch
        {
            await far.DisposeAsync();
            throw;
        }
    }
}
