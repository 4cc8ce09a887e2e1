using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Opens authenticated connections to one Redis server; files of secrets and certificates are read anew for each.</summary>
internal sealed class RedisDial
{
    private readonly DnsEndPoint _server;
    private readonly StoreOptions _options;

    /// <summary>Makes the dial of a server.</summary>
    public RedisDial(DnsEndPoint server, StoreOptions options) => (_server, _options) = (server, options);

    /// <summary>Reads the password; null when none is set.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? ReadPassword(StoreOptions options) =>
        options.RedisPasswordFile is { Length: > 0 } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;

    /// <summary>Returns null when the server takes the credentials, answers, and takes changes; otherwise says what is wrong.</summary>
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await OpenAsync(cancellationToken);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            if (await TryAuthenticateAsync(stream, cancellationToken) && await ReadAsync(reader, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            await stream.WriteAsync("*1\r\n$4\r\nPING\r\n"u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            return await ReadAsync(reader, cancellationToken) ?? (await RedisHello.AskAsync(stream, reader, cancellationToken)).Fault;
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException or AuthenticationException or CryptographicException)
        {
            return exception.InnerException?.Message ?? exception.Message;
        }
    }

    /// <summary>Returns a connection, over TLS if the options say so; owned by the caller.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(_server, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            return _options.RedisTls ? await SecureAsync(stream, cancellationToken) : stream;
        }
        catch
        {
            stream?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the credentials, whose answer is not read; returns false, with nothing sent, when there are none.</summary>
    public async Task<bool> TryAuthenticateAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (ReadPassword(_options) is not { } password)
        {
            return false;
        }

        string[] words = _options.RedisUser is { Length: > 0 } user ? ["AUTH", user, password] : ["AUTH", password];
        var message = new StringBuilder($"*{words.Length}\r\n");
        foreach (var word in words)
        {
            message.Append($"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(message.ToString()), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        return true;
    }

    /// <summary>Reads an answer of one line; null when it is none of an error.</summary>
    private static async Task<string?> ReadAsync(StreamReader reader, CancellationToken cancellationToken) =>
        await reader.ReadLineAsync(cancellationToken) switch
        {
            null => "it ends the connection",
            ['-', .. var error] => error,
            _ => null,
        };

    private async Task<Stream> SecureAsync(Stream plain, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        try
        {
            var authentication = new SslClientAuthenticationOptions { TargetHost = _server.Host, ClientCertificates = Certificates() };
            if (_options.RedisCaFile is { Length: > 0 } authorities)
            {
                authentication.CertificateChainPolicy = Trust(authorities);
            }

            await secure.AuthenticateAsClientAsync(authentication, cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private X509CertificateCollection? Certificates() => _options.RedisCertificateFile is { Length: > 0 } file
        ? new X509CertificateCollection { X509Certificate2.CreateFromPemFile(file, _options.RedisKeyFile) }
        : null;

    private static X509ChainPolicy Trust(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
