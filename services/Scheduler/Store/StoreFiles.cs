namespace Fovea.Scheduler.Store;

/// <summary>Replaces the state file so that a crash at any point leaves the old or the new state, whole.</summary>
/// <remarks>
/// 1 write the new state beside the old one, 2 synchronise it, 3 give the old state a second name, 4 rename that to be
/// the previous state, 5 rename the new state over the old one (the commit), 6 synchronise the folder.
/// The state file exists at every point of it.
/// </remarks>
internal static class StoreFiles
{
    /// <summary>Does steps 1 to 4: whatever becomes of them, the old state is still the state.</summary>
    /// <exception cref="IOException">A step failed.</exception>
    public static void Prepare(StoreFolder folder, ReadOnlySpan<byte> content)
    {
        WriteDurably(folder.Pending, content); // 1, 2
        if (File.Exists(folder.State))
        {
            File.Delete(folder.PendingPrevious);
            Posix.Link(folder.State, folder.PendingPrevious); // 3
            File.Move(folder.PendingPrevious, folder.Previous, overwrite: true); // 4
        }
    }

    /// <summary>Does steps 5 and 6 after <see cref="Prepare"/>; when one fails, which state a loss of power would leave is unknown.</summary>
    /// <exception cref="IOException">A step failed.</exception>
    public static void Replace(StoreFolder folder)
    {
        File.Move(folder.Pending, folder.State, overwrite: true); // 5
        Posix.SyncDirectory(folder.Path); // 6
    }

    /// <summary>Makes <paramref name="content"/> the state and keeps the state before it.</summary>
    /// <exception cref="IOException">A step failed.</exception>
    public static void Commit(StoreFolder folder, ReadOnlySpan<byte> content)
    {
        Prepare(folder, content);
        Replace(folder);
    }

    /// <summary>Removes what a commit that did not end has left.</summary>
    public static void RemovePending(StoreFolder folder)
    {
        File.Delete(folder.Pending);
        File.Delete(folder.PendingPrevious);
        File.Delete(folder.PendingHistory);
    }

    /// <summary>Writes a file and synchronises it; its name is durable only once the folder is synchronised too.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None);
        RandomAccess.Write(handle, content, 0);
        RandomAccess.FlushToDisk(handle);
    }
}
