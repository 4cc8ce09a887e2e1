using System.ComponentModel.DataAnnotations;

namespace Fovea.Executor.Hosting;

/// <summary>Says where the executor listens and what it tells others of it.</summary>
internal sealed class ServerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Server";

    /// <summary>Where gRPC is served, by TLS when <c>Security:Mode</c> is on.</summary>
    /// <value>Default http://127.0.0.1:7081; port 0 takes a free one.</value>
    [RegularExpression(
        "^(https?://)?[^/]+:[0-9]+/?$", ErrorMessage = "Server:Listen (--listen) is an address such as http://127.0.0.1:7081.")]
    public string Listen { get; set; } = "http://127.0.0.1:7081";

    /// <summary>Where Prometheus metrics are served by HTTP.</summary>
    /// <value>Default empty: nowhere.</value>
    [RegularExpression(
        "^((https?://)?[^/]+:[0-9]+/?)?$",
        ErrorMessage = "Server:MetricsListen (--metrics-listen) is an address such as http://127.0.0.1:9081.")]
    public string MetricsListen { get; set; } = string.Empty;

    /// <summary>Where health alone is served, in plaintext.</summary>
    /// <value>Default empty: nowhere.</value>
    [RegularExpression(
        "^((http://)?[^/]+:[0-9]+/?)?$",
        ErrorMessage = "Server:HealthListen (--health-listen) is an address such as http://0.0.0.0:8081; health is served in plaintext.")]
    public string HealthListen { get; set; } = string.Empty;

    /// <summary>Address under which others reach this executor.</summary>
    /// <value>Default empty: the address that is bound.</value>
    public string Advertise { get; set; } = string.Empty;

    /// <summary>File that the bound address is written to.</summary>
    /// <value>Default empty: none.</value>
    public string AddressFile { get; set; } = string.Empty;

    /// <summary>Gives address and port without scheme and slash.</summary>
    public static string EndPointOf(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? url : url[(scheme + 3)..]).TrimEnd('/');
    }
}
