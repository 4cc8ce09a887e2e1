using Fovea.Scheduler.Hosting;

namespace Fovea.Scheduler.Feed;

/// <summary>Sets how snapshots reach executors; configuration section <c>Feed</c>.</summary>
internal sealed class FeedOptions : ICheckedOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Feed";

    /// <summary>Gets or sets how long no change may come before the newest snapshot is pushed.</summary>
    /// <value>Default 100 ms; 0 to 10 s.</value>
    public TimeSpan DebounceQuiet { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets how long after the first change a snapshot is pushed although changes go on.</summary>
    /// <value>Default 1 s; <see cref="DebounceQuiet"/> to 60 s.</value>
    public TimeSpan DebounceMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the time between heartbeats while nothing changes.</summary>
    /// <value>Default 10 s; 10 ms to 5 minutes.</value>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a new stream may take to say who watches.</summary>
    /// <value>Default 10 s; 10 ms to 5 minutes.</value>
    public TimeSpan SubscribeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long one message may take to leave before its executor is cut off.</summary>
    /// <value>Default 30 s; 10 ms to 10 minutes.</value>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long an executor may take to answer a snapshot before it is cut off.</summary>
    /// <value>Default 30 s; 10 ms to 10 minutes.</value>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how many recent revisions are kept, from which an executor is brought forward by a difference.</summary>
    /// <value>Default 256; 1 to 10000. An executor that holds an older one is sent the whole snapshot.</value>
    public int HistorySize { get; set; } = 256;

    /// <summary>Gets or sets the time after which a client that is asked to move should come back here.</summary>
    /// <value>Default 1 s; 0 to 10 minutes.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        faults.Range("DebounceQuiet", DebounceQuiet, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        faults.Range("DebounceMax", DebounceMax, DebounceQuiet, TimeSpan.FromSeconds(60));
        faults.Range("Heartbeat", Heartbeat, Shortest, TimeSpan.FromMinutes(5));
        faults.Range("SubscribeTimeout", SubscribeTimeout, Shortest, TimeSpan.FromMinutes(5));
        faults.Range("WriteTimeout", WriteTimeout, Shortest, TimeSpan.FromMinutes(10));
        faults.Range("AnswerTimeout", AnswerTimeout, Shortest, TimeSpan.FromMinutes(10));
        faults.Range("HistorySize", HistorySize, 1, 10_000);
        faults.Range("RetryAfter", RetryAfter, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }
}
