namespace Fovea.ServiceDefaults.Hosting;

/// <summary>What every Fovea server has in common; bound from the configuration section <c>Service</c>.</summary>
public sealed class ServiceDefaultsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Service";

    /// <summary>Where gRPC is served, as <c>address:port</c>; HTTP/2, in plaintext unless security is on. Port 0 takes a free one.</summary>
    public string Listen { get; set; } = "127.0.0.1:7070";

    /// <summary>The file into which the bound gRPC port is written once the server is up, or null.</summary>
    public string? PortFile { get; set; }

    /// <summary>Where metrics are served over HTTP/1.1 under <c>/metrics</c>, as <c>address:port</c>, or null for nowhere.</summary>
    public string? MetricsListen { get; set; }

    /// <summary>Where health alone is served, over HTTP/2 in plaintext whatever the others speak, as <c>address:port</c>, or null for nowhere.</summary>
    public string? HealthListen { get; set; }

    /// <summary>The file into which the bound metrics port is written once the server is up, or null.</summary>
    public string? MetricsPortFile { get; set; }

    /// <summary>The meters that are collected, each by the beginning of its name.</summary>
    public IList<string> Meters { get; } = ["Fovea"];

    /// <summary>The most label sets that one metric may have; further ones are counted under the label value <c>other</c>.</summary>
    public int MaxLabelSets { get; set; } = 1000;

    /// <summary>Tells whether server reflection is served.</summary>
    /// <value>Default null: in the environment <c>Development</c> only.</value>
    public bool? Reflection { get; set; }

    /// <summary>Tells whether the server as a whole is healthy as soon as it is up; else the application says when.</summary>
    public bool ServingWhenStarted { get; set; } = true;

    /// <summary>How long calls are still taken after health has become NOT_SERVING.</summary>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>The wait that a refused client is asked to keep before it tries again, by then elsewhere.</summary>
    public TimeSpan DrainRetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long running calls have to end before they are cut, after new ones are refused.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
