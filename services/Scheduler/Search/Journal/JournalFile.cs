using Fovea.Scheduler.Store;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Is one journal on disk: lines are only added, and each is durable before it counts.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class JournalFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private long _length;

    private JournalFile(string path, SafeFileHandle handle, long length)
    {
        _path = path;
        _handle = handle;
        _length = length;
    }

    /// <summary>Makes a journal that begins with one line; a crash leaves the whole line or no journal.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static JournalFile Create(string path, ReadOnlySpan<byte> line)
    {
        var pending = path + ".tmp";
        using (var handle = File.OpenHandle(pending, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(handle, line, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(pending, path, overwrite: false);
        Posix.SyncDirectory(Path.GetDirectoryName(path)!);
        return Open(path, line.Length);
    }

    /// <summary>Opens a journal whose first <paramref name="length"/> bytes are good; what is behind them is cut off.</summary>
    /// <exception cref="IOException">It cannot be opened or cut.</exception>
    public static JournalFile Open(string path, long length)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (RandomAccess.GetLength(handle) > length)
        {
            RandomAccess.SetLength(handle, length);
            RandomAccess.FlushToDisk(handle);
        }

        return new(path, handle, length);
    }

    /// <summary>Adds a line; one that could not be written leaves the journal as it was.</summary>
    /// <exception cref="StoreUnavailableException">The line could not be made durable.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        try
        {
            // Whatever a failed write before has left behind the good lines goes first.
            if (RandomAccess.GetLength(_handle) > _length)
            {
                RandomAccess.SetLength(_handle, _length);
            }

            RandomAccess.Write(_handle, line, _length);
            RandomAccess.FlushToDisk(_handle);
            _length += line.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"journal '{_path}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
