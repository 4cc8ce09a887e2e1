using System.Globalization;

namespace Fovea.Scheduler.Store;

/// <summary>Owns a store folder until disposed or until the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Makes the folder when it is missing, and takes its lock.</summary>
    /// <exception cref="StoreOpenException">The folder cannot be written, or another process owns it.</exception>
    public static StoreLock Own(StoreFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            return Take(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreOpenException($"store '{folder.Path}' cannot be opened: {exception.Message} (folder set by --store)", exception);
        }
    }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StoreOpenException">Another process owns the folder.</exception>
    public static StoreLock Take(StoreFolder folder)
    {
        FileStream file;
        try
        {
            file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StoreOpenException(
                $"store '{folder.Path}' is in use by process {Owner(folder)}: stop it or name another folder by --store ({exception.Message})",
                exception);
        }

        File.WriteAllText(folder.Owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Owner(StoreFolder folder)
    {
        try
        {
            return File.ReadAllText(folder.Owner);
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }
}
