using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Tells who the bearer of an accepted client certificate is.</summary>
internal sealed class CertificateIdentities
{
    private readonly List<(ClientPattern Pattern, ClientRule Rule)> _rules = [];

    /// <summary>Takes the rules of the options, which are valid.</summary>
    public CertificateIdentities(IOptions<SecurityOptions> options)
    {
        foreach (var rule in options.Value.Clients)
        {
            if (ClientPattern.TryParse(rule.Match, out var pattern))
            {
                _rules.Add((pattern, rule));
            }
        }
    }

    /// <summary>The identity that the first matching rule gives, or null when none matches.</summary>
    public CallIdentity? Find(X509Certificate2 certificate)
    {
        var names = CertificateName.Of(certificate);
        foreach (var (pattern, rule) in _rules)
        {
            if (names.FirstOrDefault(pattern.Matches) is { } name)
            {
                return new CallIdentity(name.Value, rule.Tenant, Roles.Split(rule.Roles))
                {
                    Names = [.. names.Select(other => other.Value)],
                    Expires = certificate.NotAfter,
                };
            }
        }

        return null;
    }
}
