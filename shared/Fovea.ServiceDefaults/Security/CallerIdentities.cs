using Microsoft.AspNetCore.Http;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Finds out who makes a call. A token that is shown has to be good, whatever certificate comes with it.</summary>
internal sealed class CallerIdentities
{
    private const string Scheme = "Bearer ";

    private readonly CertificateIdentities _certificates;
    private readonly TokenIdentities _tokens;
    private readonly TimeProvider _time;

    /// <summary>Asks certificates and tokens.</summary>
    public CallerIdentities(CertificateIdentities certificates, TokenIdentities tokens, TimeProvider time)
    {
        _certificates = certificates;
        _tokens = tokens;
        _time = time;
    }

    /// <summary>Finds out who makes a call.</summary>
    public async Task<Authentication> OfAsync(HttpContext http)
    {
        // A connection may outlive the certificate that opened it.
        var certificate = http.Connection.ClientCertificate;
        if (certificate is not null && certificate.NotAfter.ToUniversalTime() <= _time.GetUtcNow().UtcDateTime)
        {
            return Authentication.Refuse(RefusalReasons.CertificateExpired);
        }

        if (http.Request.Headers.Authorization is { Count: > 0 } header)
        {
            return header is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await _tokens.CheckAsync(value[Scheme.Length..].Trim()).ConfigureAwait(false)
                : Authentication.Refuse(RefusalReasons.Token);
        }

        if (certificate is null)
        {
            return Authentication.Refuse(RefusalReasons.None);
        }

        return _certificates.Find(certificate) is { } identity
            ? Authentication.Accept(identity)
            : Authentication.Refuse(RefusalReasons.UnknownCertificate);
    }
}
