using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Fovea.Executor.Planning;

/// <summary>Says where the schedulers are, how long to wait for it, and where its last snapshot is kept.</summary>
internal sealed class PlanningOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Planning";

    /// <summary>Addresses of the schedulers, separated by commas: each a URL, or <c>dns:///host:port</c> for all addresses of a host.</summary>
    /// <value>Default http://127.0.0.1:7080; empty for an executor that runs alone. <c>dns+https:///host:port</c> for TLS.</value>
    public string Scheduler { get; set; } = "http://127.0.0.1:7080";

    /// <summary>Folder of the last good snapshot.</summary>
    /// <value>Default empty: nothing is written, and an executor that starts without a scheduler keeps everything.</value>
    public string StateDirectory { get; set; } = string.Empty;

    /// <summary>Name under which the scheduler knows this executor.</summary>
    /// <value>Default empty: machine name and process id.</value>
    [RegularExpression("^[A-Za-z0-9._:-]{0,128}$", ErrorMessage = "ExecutorId holds at most 128 letters, digits, '.', '_', ':' and '-'.")]
    public string ExecutorId { get; set; } = string.Empty;

    /// <summary>Longest wait for a plan before the executor makes it itself, but not before the images are encoded.</summary>
    /// <value>Default 200 ms; 1 ms to 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan PlanTimeout { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Wait before the first attempt to reconnect.</summary>
    /// <value>Default 200 ms; 10 ms to 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan ReconnectFirst { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Wait before the second attempt; each later wait is 1.6 times the one before.</summary>
    /// <value>Default 1 s; 10 ms to 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReconnectBase { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two attempts, before jitter.</summary>
    /// <value>Default 5 s, so that a healed fault is noticed within about that time; 10 ms to 120 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan ReconnectMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait between attempts after the scheduler refused this executor for good.</summary>
    /// <value>Default 120 s; 1 s to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReconnectRefused { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Longest silence of the feed before its connection is taken for dead.</summary>
    /// <value>Default 30 s, three heartbeats; 1 s to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FeedSilence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two reports of the executor's load.</summary>
    /// <value>Default 5 s; 100 ms to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LoadInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two reports of the load while a canary runs, so that a bad one is found soon.</summary>
    /// <value>Default 1 s; 100 ms to 10 min. Where <see cref="LoadInterval"/> is shorter, that counts.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan CanaryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Quiet time after which an HTTP/2 ping is sent.</summary>
    /// <value>Default 20 s; 1 s to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for the answer to a ping before the connection is closed.</summary>
    /// <value>Default 10 s; 1 s to 5 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a TCP connection.</summary>
    /// <value>Default 5 s; 100 ms to 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for a scheduler to accept both streams before the next one is tried.</summary>
    /// <value>Default 5 s; 100 ms to 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Age at which streams are dialled again, so that they spread over schedulers that have come since.</summary>
    /// <value>Default 10 min, give or take 10 %; 1 s to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StreamAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two looks at which schedulers there are, and whether the preferred one is another now.</summary>
    /// <value>Default 15 s; 100 ms to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ResolveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Plans in a row that do not come in time before the scheduler may be taken for hung.</summary>
    /// <value>Default 3; 1 to 1000.</value>
    [Range(1, 1000)]
    public int MaxLatePlans { get; set; } = 3;

    /// <summary>Time without any answer on the plan stream, although one is due, before the scheduler is taken for hung.</summary>
    /// <value>Default 1 s; 10 ms to 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PlanSilence { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Seed of the reconnection jitter.</summary>
    /// <value>Default 0: taken from the executor's id, so that executors do not reconnect in step.</value>
    public int JitterSeed { get; set; }

    /// <summary>Most bytes of one message of the scheduler, such as a snapshot.</summary>
    /// <value>Default 16 MiB; 64 KiB to 1 GiB.</value>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxSnapshotBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Whether no scheduler is configured.</summary>
    public bool IsAlone => Scheduler.Trim().Length == 0;

    /// <summary>The entries of <see cref="Scheduler"/>; those that cannot be read are left out.</summary>
    public ImmutableArray<SchedulerTarget> Targets => [.. Entries.Select(SchedulerTarget.Parse).OfType<SchedulerTarget>()];

    /// <summary>The entries of <see cref="Scheduler"/> that cannot be read.</summary>
    public ImmutableArray<string> Unreadable => [.. Entries.Where(entry => SchedulerTarget.Parse(entry) is null)];

    /// <summary>The name in use.</summary>
    public string EffectiveId => ExecutorId.Length > 0 ? ExecutorId : $"{Environment.MachineName}-{Environment.ProcessId}";

    private IEnumerable<string> Entries => Scheduler.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
