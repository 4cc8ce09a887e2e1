using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.ServiceDefaults.Clients;

/// <summary>Secures channels to https addresses; those to http addresses are left as they are, and no credentials leave by them.</summary>
/// <remarks>Certificates, authorities and tokens are read again when their files change. Safe for any number of threads.</remarks>
public sealed class ClientSecurity
{
    private readonly ClientOptions _options;
    private readonly CertificateChain _chain;
    private readonly FreshFiles<X509Certificate2Collection>? _authorities;
    private readonly FreshFiles<X509Certificate2>? _certificate;
    private readonly FreshFiles<string>? _token;

    /// <summary>Reads the files; the options are valid.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file cannot be used.</exception>
    public ClientSecurity(ClientOptions options, TimeProvider time, ILogger<ClientSecurity> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _chain = new CertificateChain(CertificateChain.ServerUse, time);
        _authorities = Watch([options.CaFile], files => PemFiles.Certificates(files[0]));
        _certificate = Watch([options.CertificateFile, options.KeyFile], files => PemFiles.WithKey(files[0], files[1]));
        _token = Watch([options.TokenFile], files => BearerToken.Read(files[0]));

        FreshFiles<T>? Watch<T>(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, T> make)
            where T : class =>
            paths[0].Length == 0 ? null : new FreshFiles<T>(new ReloadedFiles<T>(paths, make, logger), options.ReloadInterval, time);
    }

    /// <summary>Trusts what the machine trusts, and shows nothing.</summary>
    public static ClientSecurity None { get; } = new(new ClientOptions(), TimeProvider.System, NullLogger<ClientSecurity>.Instance);

    /// <summary>Tells everything that is wrong with options, before they are used.</summary>
    public static IReadOnlyList<string> FaultsOf(ClientOptions options) =>
        [.. new ClientOptionsValidator().Validate(null, options).Failures ?? []];

    /// <summary>Opens a channel; the caller disposes it.</summary>
    /// <param name="address">The server.</param>
    /// <param name="options">Everything else about the channel; its handler, if it has one, is a <see cref="SocketsHttpHandler"/>, whose target host is the name that the certificate has to have.</param>
    public GrpcChannel Open(Uri address, GrpcChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            var handler = options.HttpHandler as SocketsHttpHandler ?? NewHandler();
            handler.SslOptions = Handshake(handler.SslOptions.TargetHost);
            handler.PooledConnectionLifetime = _options.ConnectionLifetime;
            options.HttpHandler = handler;
            options.DisposeHttpClient = true;
            options.Credentials = _token is null
                ? ChannelCredentials.SecureSsl
                : ChannelCredentials.Create(ChannelCredentials.SecureSsl, CallCredentials.FromInterceptor(AddToken));
        }

        return GrpcChannel.ForAddress(address, options);
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = 1 << 20,
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    };

    private Task AddToken(AuthInterceptorContext context, Metadata metadata)
    {
        metadata.Add("authorization", $"Bearer {_token!.Get()}");
        return Task.CompletedTask;
    }

    private SslClientAuthenticationOptions Handshake(string? host)
    {
        IReadOnlyList<string> names = _options.ServerNameList is { Count: > 0 } given ? given : host is null ? [] : [host];
        var handshake = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (_certificate is not null)
        {
            handshake.LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate.Get();
        }

        if (_authorities is not null)
        {
            // The runtime's own chain ends at the machine's authorities; it shall not look for them elsewhere.
            handshake.CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        }

        if (_authorities is not null || names.Count > 0)
        {
            handshake.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                certificate is X509Certificate2 server && HasName(server, names, errors) && IsTrusted(server, chain, errors);
        }

        return handshake;
    }

    private static bool HasName(X509Certificate2 server, IReadOnlyList<string> names, SslPolicyErrors errors) => names.Count > 0
        ? names.Any(name => server.MatchesHostname(name))
        : !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);

    private bool IsTrusted(X509Certificate2 server, X509Chain? chain, SslPolicyErrors errors) =>
        _authorities is null
            ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            : _chain.FaultOf(server, chain?.ChainPolicy.ExtraStore ?? [], _authorities.Get()) is null;
}
