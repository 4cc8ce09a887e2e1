namespace Fovea.ServiceDefaults.Security;

/// <summary>How a server shows who it is and finds out who calls; bound from the configuration section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Security";

    /// <summary>Whether callers are authenticated at all.</summary>
    /// <value>Default off.</value>
    public SecurityMode Mode { get; set; }

    /// <summary>The server's certificate, PEM, followed by its intermediate certificates.</summary>
    /// <value>Needed when the mode is on.</value>
    public string CertificateFile { get; set; } = string.Empty;

    /// <summary>The private key of the server's certificate, PEM.</summary>
    /// <value>Needed when the mode is on.</value>
    public string KeyFile { get; set; } = string.Empty;

    /// <summary>The authorities whose client certificates are accepted, PEM.</summary>
    /// <value>Default empty: clients are not asked for certificates.</value>
    public string ClientCaFile { get; set; } = string.Empty;

    /// <summary>Whether a client without a certificate cannot even connect.</summary>
    /// <value>Default false: it may show a token instead.</value>
    public bool RequireClientCertificate { get; set; }

    /// <summary>What the bearers of client certificates may do; the first item that matches counts.</summary>
    public IList<ClientRule> Clients { get; } = [];

    /// <summary>The issuer that a token has to name.</summary>
    public string Issuer { get; set; } = string.Empty;

    /// <summary>The audience that a token has to name.</summary>
    public string Audience { get; set; } = string.Empty;

    /// <summary>The issuer's public keys as a JSON Web Key Set.</summary>
    /// <value>Default empty: tokens are not accepted, unless there is a signing key.</value>
    public string JwksFile { get; set; } = string.Empty;

    /// <summary>The issuer's one public key, PEM; instead of a key set.</summary>
    /// <value>Default empty.</value>
    public string SigningKeyFile { get; set; } = string.Empty;

    /// <summary>The signature algorithms that are accepted, separated by commas.</summary>
    /// <value>Default RS256,PS256,ES256; never <c>none</c>, never one with a shared secret.</value>
    public string Algorithms { get; set; } = "RS256,PS256,ES256";

    /// <summary>The claim that holds the roles: a text with commas or spaces between them, or an array.</summary>
    /// <value>Default <c>roles</c>.</value>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that holds the tenant.</summary>
    /// <value>Default <c>tenant</c>.</value>
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>How far the issuer's clock may be off.</summary>
    /// <value>Default 30 s; 0 to 5 min.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether an executor's id has to be a name of its certificate or the subject of its token.</summary>
    /// <value>Default false.</value>
    public bool BindExecutorId { get; set; }

    /// <summary>Whether metrics stay plaintext and open to everyone who reaches their port.</summary>
    /// <value>Default false.</value>
    public bool PlainMetrics { get; set; }

    /// <summary>How often the files are looked at for a change.</summary>
    /// <value>Default 10 s; 100 ms to 1 h.</value>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the mode is on.</summary>
    internal bool IsOn => Mode == SecurityMode.On;

    /// <summary>Whether tokens are accepted.</summary>
    internal bool TakesTokens => JwksFile.Length > 0 || SigningKeyFile.Length > 0;

    /// <summary>Whether client certificates are accepted.</summary>
    internal bool TakesCertificates => ClientCaFile.Length > 0;

    /// <summary>The algorithms as a list.</summary>
    internal IReadOnlyList<string> AlgorithmList => Algorithms.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
