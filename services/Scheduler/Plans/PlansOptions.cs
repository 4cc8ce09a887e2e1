using Fovea.Scheduler.Hosting;

namespace Fovea.Scheduler.Plans;

/// <summary>Sets how plan streams are served; configuration section <c>Plans</c>.</summary>
internal sealed class PlansOptions : ICheckedOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Plans";

    /// <summary>Gets or sets how long a new stream may take to say who speaks.</summary>
    /// <value>Default 10 s; 10 ms to 5 minutes.</value>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how many answers of one stream may wait to be sent before descriptors are no longer read.</summary>
    /// <value>Default 1024; 1 to 1000000.</value>
    public int OutboundCapacity { get; set; } = 1024;

    /// <summary>Gets or sets how long answers may wait with no room for another before the stream is cut.</summary>
    /// <value>Default 10 s; 10 ms to 10 minutes.</value>
    public TimeSpan SlowConsumerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a stream is still answered after its client was asked to move.</summary>
    /// <value>Default 2 s; 0 to 60 s.</value>
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets the time after which a client that is asked to move should come back here.</summary>
    /// <value>Default 1 s; 0 to 10 minutes.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        faults.Range("HelloTimeout", HelloTimeout, Shortest, TimeSpan.FromMinutes(5));
        faults.Range("OutboundCapacity", OutboundCapacity, 1, 1_000_000);
        faults.Range("SlowConsumerTimeout", SlowConsumerTimeout, Shortest, TimeSpan.FromMinutes(10));
        faults.Range("DrainGrace", DrainGrace, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        faults.Range("RetryAfter", RetryAfter, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }
}
