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

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        faults.Text("Folder", Folder);
        faults.Range("MaxSnapshotBytes", MaxSnapshotBytes, 1024, 4_000_000);
        faults.Range("HistoryLimit", HistoryLimit, 1, 10_000);
    }
}
