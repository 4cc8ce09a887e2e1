namespace Fovea.Scheduler.Store;

/// <summary>Names the files of an embedded store.</summary>
/// <param name="Path">The folder.</param>
internal sealed record StoreFolder(string Path)
{
    /// <summary>Gets the file that holds the newest committed state.</summary>
    public string State => Combine("state.json");

    /// <summary>Gets the file that holds the state before the newest one.</summary>
    public string Previous => Combine("state.previous.json");

    /// <summary>Gets the file that a commit is written to before it takes the place of <see cref="State"/>.</summary>
    public string Pending => Combine("state.json.tmp");

    /// <summary>Gets the second name that <see cref="State"/> is given before it takes the place of <see cref="Previous"/>.</summary>
    public string PendingPrevious => Combine("state.previous.json.tmp");

    /// <summary>Gets the file that holds the versions of policies.</summary>
    public string History => Combine("history.jsonl");

    /// <summary>Gets the file that a compacted history is written to before it takes the place of <see cref="History"/>.</summary>
    public string PendingHistory => Combine("history.jsonl.tmp");

    /// <summary>Gets the file that holds a copy of the newest state in Redis.</summary>
    public string Copy => Combine("redis-copy.json");

    /// <summary>Gets the file that a copy is written to before it takes the place of <see cref="Copy"/>.</summary>
    public string PendingCopy => Combine("redis-copy.json.tmp");

    /// <summary>Gets the file whose lock says that a process owns the folder.</summary>
    public string Lock => Combine("store.lock");

    /// <summary>Gets the file that names the owning process; the locked file itself cannot be read by others.</summary>
    public string Owner => Combine("store.owner");

    /// <summary>Gets the name under which a damaged file is put aside at a time of recovery.</summary>
    public string Damaged(DateTimeOffset time) => Combine($"state.damaged-{time.UtcDateTime:yyyyMMddTHHmmssfffZ}.json");

    private string Combine(string file) => System.IO.Path.Combine(Path, file);
}
