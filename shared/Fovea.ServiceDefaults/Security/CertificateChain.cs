using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Checks that a certificate was given by one of some authorities, for a use, and is valid now; nothing is downloaded.</summary>
internal sealed class CertificateChain
{
    /// <summary>The use of clients.</summary>
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>The use of servers.</summary>
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private readonly string _use;
    private readonly TimeProvider _time;

    /// <summary>Checks for one use.</summary>
    public CertificateChain(string use, TimeProvider time)
    {
        _use = use;
        _time = time;
    }

    /// <summary>What is wrong with a certificate, or null.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="sent">The certificates that came with it.</param>
    /// <param name="authorities">The authorities, and intermediate certificates that peers may leave out.</param>
    public string? FaultOf(X509Certificate2 certificate, X509Certificate2Collection sent, X509Certificate2Collection authorities)
    {
        if (!IsFor(certificate))
        {
            return "it is not for this use (extended key usage)";
        }

        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        policy.ExtraStore.AddRange(authorities);
        policy.ExtraStore.AddRange(sent);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid(_use));
        policy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        policy.VerificationTimeIgnored = false;
        return chain.Build(certificate)
            ? null
            : string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
    }

    // A chain without any usage extension would pass for every use.
    private bool IsFor(X509Certificate2 certificate) => certificate.Extensions
        .OfType<X509EnhancedKeyUsageExtension>()
        .Any(extension => extension.EnhancedKeyUsages.Cast<Oid>().Any(use => use.Value == _use));
}
