using Fovea.Scheduler.Hosting;

namespace Fovea.Scheduler.Search;

/// <summary>Sets how searches use the fleet; configuration section <c>Search</c>.</summary>
internal sealed class SearchOptions : ICheckedOptions
{
    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Search";

    /// <summary>Gets or sets the most searches that run at once.</summary>
    /// <value>Default 4; 1 to 100.</value>
    public int MaxRunning { get; set; } = 4;

    /// <summary>Gets or sets the most questions of a shard, the unit that executors are given work by.</summary>
    /// <value>Default 8; 1 to 1024.</value>
    public int ShardSamples { get; set; } = 8;

    /// <summary>Gets or sets the most shards that one executor has at a time, so that it never waits for the next.</summary>
    /// <value>Default 2; 1 to 16.</value>
    public int ShardsInFlight { get; set; } = 2;

    /// <summary>Gets or sets the time within which an executor with shards must give another score; its shards go elsewhere then.</summary>
    /// <value>Default 5 minutes; 1 s to 1 day.</value>
    public TimeSpan ShardTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how often a question may be lost with its executor in one trial before the search fails.</summary>
    /// <value>Default 10; 1 to 1000.</value>
    public int MaxLosses { get; set; } = 10;

    /// <summary>Gets or sets how long a search waits while no executor can score for it.</summary>
    /// <value>Default 10 minutes; 0 to 7 days.</value>
    public TimeSpan ExecutorTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets the time of a call that describes an executor or reads questions.</summary>
    /// <value>Default 30 s; 100 ms to 1 hour.</value>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the time in which an executor must have copied a set from another one, or measured its costs.</summary>
    /// <value>Default 30 minutes; 1 s to 1 day.</value>
    public TimeSpan LongCallTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets the wait before an executor is called again; it doubles with each failure.</summary>
    /// <value>Default 500 ms; 10 ms to 1 minute.</value>
    public TimeSpan ReconnectMin { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the longest wait before an executor is called again.</summary>
    /// <value>Default 15 s; <see cref="ReconnectMin"/> to 10 minutes.</value>
    public TimeSpan ReconnectMax { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long a search's lease lasts unless its runner renews it.</summary>
    /// <value>Default 30 s; 3 s to 1 hour.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the least time between two progress messages within a trial.</summary>
    /// <value>Default 250 ms; 0 to 1 minute.</value>
    public TimeSpan ProgressEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets the text tokens of a prompt where executors do not say how many their questions have.</summary>
    /// <value>Default 64; 1 to 100000.</value>
    public int TextTokens { get; set; } = 64;

    /// <summary>Gets or sets the most bytes of one message from an executor; the questions of a set come in one.</summary>
    /// <value>Default 67108864 (64 MiB); 4194304 to 1073741824.</value>
    public int MaxMessageBytes { get; set; } = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        faults.Range(nameof(MaxRunning), MaxRunning, 1, 100);
        faults.Range(nameof(ShardSamples), ShardSamples, 1, 1024);
        faults.Range(nameof(ShardsInFlight), ShardsInFlight, 1, 16);
        faults.Range(nameof(ShardTimeout), ShardTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        faults.Range(nameof(MaxLosses), MaxLosses, 1, 1000);
        faults.Range(nameof(ExecutorTimeout), ExecutorTimeout, TimeSpan.Zero, TimeSpan.FromDays(7));
        faults.Range(nameof(CallTimeout), CallTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        faults.Range(nameof(LongCallTimeout), LongCallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        faults.Range(nameof(ReconnectMin), ReconnectMin, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        faults.Range(nameof(ReconnectMax), ReconnectMax, ReconnectMin, TimeSpan.FromMinutes(10));
        faults.Range(nameof(Lease), Lease, TimeSpan.FromSeconds(3), TimeSpan.FromHours(1));
        faults.Range(nameof(ProgressEvery), ProgressEvery, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        faults.Range(nameof(TextTokens), TextTokens, 1, 100_000);
        faults.Range(nameof(MaxMessageBytes), MaxMessageBytes, 4 * 1024 * 1024, 1024 * 1024 * 1024);
    }
}
