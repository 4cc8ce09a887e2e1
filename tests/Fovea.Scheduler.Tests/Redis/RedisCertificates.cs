using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fovea.Scheduler.Tests.Redis;

/// <summary>Makes an authority and a certificate of it for 127.0.0.1, as PEM files in a folder.</summary>
/// <remarks>Stands alone, so that other test projects can compile it in.</remarks>
internal sealed record RedisCertificates(string Authority, string Certificate, string Key)
{
    public static RedisCertificates Make(string folder, string name, string host = "127.0.0.1")
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var authority = request.CreateSelfSigned(from, until);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = leaf.Create(authority, from, until, RandomNumberGenerator.GetBytes(8));
        return new RedisCertificates(
            Write(folder, $"{name}-ca.pem", authority.ExportCertificatePem()),
            Write(folder, $"{name}.pem", certificate.ExportCertificatePem()),
            Write(folder, $"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private static string Write(string folder, string file, string content)
    {
        var path = Path.Combine(folder, file);
        File.WriteAllText(path, content);
        return path;
    }
}
