namespace Fovea.ServiceDefaults.Clients;

/// <summary>How a client shows who it is and checks whom it reaches; bound from the configuration section <c>Client</c>.</summary>
public sealed class ClientOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Client";

    /// <summary>The authorities whose servers are trusted, PEM.</summary>
    /// <value>Default empty: those of the machine.</value>
    public string CaFile { get; set; } = string.Empty;

    /// <summary>The client's certificate, PEM.</summary>
    /// <value>Default empty: none is shown.</value>
    public string CertificateFile { get; set; } = string.Empty;

    /// <summary>The private key of the client's certificate, PEM.</summary>
    /// <value>Default empty; needed with a certificate.</value>
    public string KeyFile { get; set; } = string.Empty;

    /// <summary>The file that holds a bearer token; sent to https addresses only.</summary>
    /// <value>Default empty: none is sent.</value>
    public string TokenFile { get; set; } = string.Empty;

    /// <summary>Names of which a server's certificate has to have one, separated by commas, where servers are reached by other names.</summary>
    /// <value>Default empty: the host of the address.</value>
    public string ServerNames { get; set; } = string.Empty;

    /// <summary>How often the files are looked at for a change.</summary>
    /// <value>Default 10 s; 100 ms to 1 h.</value>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How old a connection gets before new calls take another one, so that a renewed certificate is shown.</summary>
    /// <value>Default 10 min; 1 s to 1 day.</value>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The server names as a list.</summary>
    internal IReadOnlyList<string> ServerNameList =>
        ServerNames.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
