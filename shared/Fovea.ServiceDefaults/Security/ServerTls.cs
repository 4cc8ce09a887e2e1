using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Secures listeners: each connection gets the certificate and the client authorities that are valid when it opens.</summary>
internal sealed class ServerTls
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly SecurityOptions _options;
    private readonly CertificateChain _chain;
    private readonly SecurityMetrics _metrics;
    private readonly ILogger<ServerTls> _logger;
    private readonly ReloadedFiles<SslStreamCertificateContext> _certificate;
    private readonly ReloadedFiles<X509Certificate2Collection>? _authorities;

    /// <summary>Reads the files; the options are valid and the mode is on.</summary>
    public ServerTls(IOptions<SecurityOptions> options, TimeProvider time, SecurityMetrics metrics, ILogger<ServerTls> logger)
    {
        _options = options.Value;
        _chain = new CertificateChain(CertificateChain.ClientUse, time);
        _metrics = metrics;
        _logger = logger;
        _certificate = new([_options.CertificateFile, _options.KeyFile], files => MakeContext(files[0], files[1]), logger);
        _authorities = _options.TakesCertificates ? new([_options.ClientCaFile], files => PemFiles.Certificates(files[0]), logger) : null;
        _metrics.CertificateIs(Certificate);
    }

    /// <summary>The certificate that is shown.</summary>
    public X509Certificate2 Certificate => _certificate.Current.TargetCertificate;

    /// <summary>Makes what a server shows from certificate and key.</summary>
    public static SslStreamCertificateContext MakeContext(byte[] certificate, byte[] key) => SslStreamCertificateContext.Create(
        PemFiles.WithKey(certificate, key), [.. PemFiles.Certificates(certificate).Skip(1)], offline: true);

    /// <summary>Lets a listener speak TLS.</summary>
    public void Apply(ListenOptions listen) => listen.UseHttps(new TlsHandshakeCallbackOptions
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(Handshake()),
    });

    /// <summary>Looks at the files.</summary>
    public void Refresh()
    {
        _metrics.Reloaded("certificate", _certificate.Refresh());
        _metrics.Reloaded("client_ca", _authorities?.Refresh());
        _metrics.CertificateIs(Certificate);
    }

    private SslServerAuthenticationOptions Handshake() => new()
    {
        ServerCertificateContext = _certificate.Current,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = _authorities is not null,
        AllowRenegotiation = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => Accept(certificate as X509Certificate2, chain),
    };

    private bool Accept(X509Certificate2? certificate, X509Chain? chain)
    {
        if (certificate is null || _authorities is null)
        {
            return Verdict(_options.RequireClientCertificate ? "there is none" : null, "nobody");
        }

        // The runtime's own chain ends at the machine's authorities, so only what the client sent is taken from it.
        var fault = _chain.FaultOf(certificate, chain?.ChainPolicy.ExtraStore ?? [], _authorities.Current);
        return Verdict(fault, certificate.Subject);
    }

    private bool Verdict(string? fault, string subject)
    {
        if (fault is not null)
        {
            SecurityLog.CertificateRefused(_logger, subject, fault);
            _metrics.Refused(RefusalReasons.Certificate);
        }

        return fault is null;
    }
}
