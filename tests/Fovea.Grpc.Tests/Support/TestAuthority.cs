using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fovea.GrpcTests.Support;

/// <summary>An authority that gives certificates away, for one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private byte _serial;

    public TestAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
    }

    public string Pem => _certificate.ExportCertificatePem();

    public string KeyPem => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>Gives a certificate with its key; valid for a day around now unless it shall have ended long ago.</summary>
    public (string Certificate, string Key) Issue(string name, string? use, Action<SubjectAlternativeNameBuilder>? names = null, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        if (use is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        }

        if (names is not null)
        {
            var builder = new SubjectAlternativeNameBuilder();
            names(builder);
            request.CertificateExtensions.Add(builder.Build());
        }

        var now = DateTimeOffset.UtcNow;
        var end = expired ? now.AddHours(-1) : now.AddDays(1);
        using var certificate = request.Create(_certificate, now.AddDays(-1), end, [1, ++_serial]);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Gives a certificate for servers on the loopback interface.</summary>
    public (string Certificate, string Key) IssueServer(string name = "server") =>
        Issue(name, ServerUse, names => names.AddIpAddress(System.Net.IPAddress.Loopback));

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
