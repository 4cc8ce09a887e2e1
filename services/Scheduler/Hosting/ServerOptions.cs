using System.Net;

namespace Fovea.Scheduler.Hosting;

/// <summary>Sets where the scheduler listens; configuration section <c>Server</c>.</summary>
internal sealed class ServerOptions : ICheckedOptions
{
    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Server";

    private const string Plain = "http://";
    private const string Secure = "https://";

    /// <summary>Gets or sets the address to listen at, by TLS when <c>Security:Mode</c> is on; port 0 takes a free one; command line <c>--listen</c>.</summary>
    /// <value>Default <c>http://127.0.0.1:7080</c>; an IP address, <c>localhost</c> or <c>*</c>, and a port.</value>
    public string Listen { get; set; } = "http://127.0.0.1:7080";

    /// <summary>Gets or sets the address to serve metrics at, over HTTP/1.1 under <c>/metrics</c>; command line <c>--metrics-listen</c>.</summary>
    /// <value>Default null: none.</value>
    public string? MetricsListen { get; set; }

    /// <summary>Gets or sets the address to serve health alone at, in plaintext; command line <c>--health-listen</c>.</summary>
    /// <value>Default null: none.</value>
    public string? HealthListen { get; set; }

    /// <summary>Gets or sets a file that the bound address is written to; command line <c>--address-file</c>.</summary>
    /// <value>Default null: none.</value>
    public string? AddressFile { get; set; }

    /// <summary>Gets or sets the time that calls have to end at shutdown before they are cut.</summary>
    /// <value>Default 8 s; 0 to 10 minutes.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Returns <c>host:port</c> of an address that may be written with its scheme.</summary>
    public static string EndpointOf(string address)
    {
        var start = address.StartsWith(Plain, StringComparison.Ordinal) ? Plain.Length : IsSecure(address) ? Secure.Length : 0;
        return address[start..].TrimEnd('/');
    }

    /// <summary>Returns whether an address asks for TLS.</summary>
    public static bool IsSecure(string? address) => address?.StartsWith(Secure, StringComparison.Ordinal) == true;

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        CheckAddress("Listen", Listen, "--listen", faults);
        if (MetricsListen is not null)
        {
            CheckAddress("MetricsListen", MetricsListen, "--metrics-listen", faults);
        }

        if (HealthListen is not null)
        {
            CheckAddress("HealthListen", HealthListen, "--health-listen", faults);
        }

        if (IsSecure(HealthListen))
        {
            faults.Add("HealthListen", $"is '{HealthListen}', but health is served in plaintext: write http:// (--health-listen)");
        }

        faults.Range("ShutdownTimeout", ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    private static void CheckAddress(string option, string address, string argument, OptionFaults faults)
    {
        var endpoint = EndpointOf(address);
        var colon = endpoint.LastIndexOf(':');
        var isPort = colon > 0 && ushort.TryParse(endpoint.AsSpan(colon + 1), out _);
        var host = isPort ? endpoint[..colon] : string.Empty;
        if (host is not ("localhost" or "*") && !IPAddress.TryParse(host, out _))
        {
            faults.Add(option, $"is '{address}', it must be an address such as http://127.0.0.1:7080 ({argument})");
        }
    }
}
