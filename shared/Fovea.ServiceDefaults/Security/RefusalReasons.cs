namespace Fovea.ServiceDefaults.Security;

/// <summary>Why a caller is turned away; label values of the counter of refusals.</summary>
internal static class RefusalReasons
{
    /// <summary>The handshake showed a client certificate that is not accepted.</summary>
    public const string Certificate = "client_certificate";

    /// <summary>Neither a certificate nor a token was shown.</summary>
    public const string None = "no_credentials";

    /// <summary>The certificate is accepted, but no rule is for its names.</summary>
    public const string UnknownCertificate = "unknown_certificate";

    /// <summary>The certificate has expired since the connection was opened.</summary>
    public const string CertificateExpired = "certificate_expired";

    /// <summary>The token is malformed, not signed by the issuer, or signed by an algorithm that is not accepted.</summary>
    public const string Token = "token_invalid";

    /// <summary>The token is not valid yet or no more.</summary>
    public const string TokenLifetime = "token_lifetime";

    /// <summary>The token is for someone else.</summary>
    public const string TokenAudience = "token_audience";

    /// <summary>The token is of another issuer.</summary>
    public const string TokenIssuer = "token_issuer";

    /// <summary>The caller has none of the roles of the method.</summary>
    public const string Role = "role";

    /// <summary>No such method is declared.</summary>
    public const string Undeclared = "undeclared_method";

    /// <summary>An executor calls itself what its credentials do not.</summary>
    public const string ExecutorId = "executor_id";
}
