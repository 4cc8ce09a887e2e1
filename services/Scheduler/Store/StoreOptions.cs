using Fovea.Scheduler.Hosting;

namespace Fovea.Scheduler.Store;

/// <summary>Sets where the state is kept; configuration section <c>Store</c>.</summary>
internal sealed class StoreOptions : ICheckedOptions
{
    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Store";

    /// <summary>Gets or sets the folder of the embedded store, made when missing; command line <c>--store</c>.</summary>
    /// <value>Default <c>fovea-store</c> in the working folder.</value>
    public string Folder { get; set; } = "fovea-store";

    /// <summary>Gets or sets whether a damaged state may be replaced by the one before it; command line <c>--store-recover</c>.</summary>
    /// <value>Default false.</value>
    public bool Recover { get; set; }

    /// <summary>Gets or sets a file with a policy as JSON that a new store starts with; command line <c>--seed-policy</c>.</summary>
    /// <value>Default null: a policy <c>default</c> that keeps everything for every model.</value>
    public string? SeedPolicy { get; set; }

    /// <summary>Gets or sets the most bytes of all policies and schedules together as sent to executors.</summary>
    /// <value>Default 3145728 (3 MiB); 1024 to 4000000, because receivers take 4 MiB at most.</value>
    public int MaxSnapshotBytes { get; set; } = 3 * 1024 * 1024;

    /// <summary>Gets or sets the most versions kept of each policy.</summary>
    /// <value>Default 100; 1 to 10000.</value>
    public int HistoryLimit { get; set; } = 100;

    /// <summary>
    /// Gets or sets the Redis that several schedulers share their state in, <c>HOST:PORT</c>, or a primary and its replicas in any order,
    /// joined by commas; the folder then holds this scheduler's copy of it; command line <c>--redis</c>.
    /// </summary>
    /// <value>Default empty: the embedded store.</value>
    public string Redis { get; set; } = string.Empty;

    /// <summary>Gets or sets the ACL user.</summary>
    /// <value>Default null: Redis' default user.</value>
    public string? RedisUser { get; set; }

    /// <summary>Gets or sets the file with the password, read anew for each connection.</summary>
    /// <value>Default null: no password.</value>
    public string? RedisPasswordFile { get; set; }

    /// <summary>Gets or sets the number of the database.</summary>
    /// <value>Default 0; 0 to 1000000.</value>
    public int RedisDatabase { get; set; }

    /// <summary>Gets or sets what the names of all keys and channels begin with; schedulers of one prefix share one state.</summary>
    /// <value>Default <c>fovea</c>; 1 to 64 lower-case letters, digits, dots and dashes.</value>
    public string RedisKeyPrefix { get; set; } = "fovea";

    /// <summary>Gets or sets whether Redis is reached over TLS; its certificate must name the host that <see cref="Redis"/> names.</summary>
    /// <value>Default false.</value>
    public bool RedisTls { get; set; }

    /// <summary>Gets or sets the file with the authorities (PEM) that Redis' certificate is trusted by.</summary>
    /// <value>Default null: those of the system.</value>
    public string? RedisCaFile { get; set; }

    /// <summary>Gets or sets the file with the certificate (PEM) that this scheduler shows to Redis.</summary>
    /// <value>Default null: none.</value>
    public string? RedisCertificateFile { get; set; }

    /// <summary>Gets or sets the file with the key (PEM) of <see cref="RedisCertificateFile"/>.</summary>
    /// <value>Default null: none.</value>
    public string? RedisKeyFile { get; set; }

    /// <summary>Gets or sets how long Redis may take to be connected, and to answer.</summary>
    /// <value>Default 2 s; 100 ms to 30 s.</value>
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets the time between two looks at Redis when no hint of a change arrives.</summary>
    /// <value>Default 2 s; 100 ms to 5 s.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how long a start without a copy of the state waits for Redis before it fails.</summary>
    /// <value>Default 10 s; 0 to 10 minutes.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets whether the newest state, of this scheduler's copy and of what Redis holds, begins a new epoch, which every scheduler
    /// and executor takes over; command line <c>--store-new-epoch</c>.
    /// </summary>
    /// <value>Default false. Meant for one start, after Redis has lost what was acknowledged.</value>
    public bool NewEpoch { get; set; }

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        faults.Text("Folder", Folder);
        faults.Range("MaxSnapshotBytes", MaxSnapshotBytes, 1024, 4_000_000);
        faults.Range("HistoryLimit", HistoryLimit, 1, 10_000);
        RedisOptionsCheck.Check(this, faults);
    }
}
