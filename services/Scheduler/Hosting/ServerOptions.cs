namespace Fovea.Scheduler.Hosting;

/// <summary>Sets where the scheduler listens; configuration section <c>Server</c>.</summary>
internal sealed class ServerOptions : ICheckedOptions
{
    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Server";

    /// <summary>Gets or sets the address to listen at; port 0 takes a free one; command line <c>--listen</c>.</summary>
    /// <value>Default <c>http://127.0.0.1:7080</c>.</value>
    public string Listen { get; set; } = "http://127.0.0.1:7080";

    /// <summary>Gets or sets a file that the bound address is written to; command line <c>--address-file</c>.</summary>
    /// <value>Default null: none.</value>
    public string? AddressFile { get; set; }

    /// <summary>Gets or sets the time that calls have to end at shutdown before they are cut.</summary>
    /// <value>Default 8 s; 0 to 10 minutes.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        if (!Uri.TryCreate(Listen, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
        {
            faults.Add("Listen", $"is '{Listen}', it must be an address such as http://127.0.0.1:7080 (--listen)");
        }

        faults.Range("ShutdownTimeout", ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }
}
