using Fovea.Contracts.V1;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Scheduler.Store;

/// <summary>Keeps policies' history in a file beside the state: one line is added for each version, and now and then it is written anew.</summary>
/// <remarks>Used by one thread at a time, but for <see cref="History"/>. A line counts only once <see cref="Accept"/> was called.</remarks>
internal sealed class HistoryFile : IDisposable
{
    // Lines of versions that are no longer held are let be up to this many beside those that are.
    private const int SpareLines = 256;

    private readonly StoreFolder _folder;
    private readonly int _limit;
    private readonly ILogger _logger;
    private volatile PolicyHistory _history;
    private SafeFileHandle _handle;
    private long _length;
    private int _lines;

    private HistoryFile(StoreFolder folder, PolicyHistory history, SafeFileHandle handle, int limit, ILogger logger)
    {
        (_folder, _history, _handle, _limit, _logger) = (folder, history, handle, limit, logger);
        _length = RandomAccess.GetLength(handle);
        _lines = history.Count;
    }

    /// <summary>Gets what is kept; reading takes no lock.</summary>
    public PolicyHistory History => _history;

    /// <summary>Opens the history of a folder that this process owns, as far as it belongs to the state.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static HistoryFile Open(StoreFolder folder, StoreState state, int limit, ILogger logger)
    {
        var (history, isUnclean) = HistoryReader.Read(folder.History, state, limit, out var damaged);
        if (damaged > 0)
        {
            StoreLog.HistoryDamaged(logger, folder.History, damaged);
        }

        var handle = isUnclean ? Write(folder, history) : File.OpenHandle(folder.History, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        Posix.SyncDirectory(folder.Path);
        return new HistoryFile(folder, history, handle, limit, logger);
    }

    /// <summary>Makes a version durable; it takes the place of one that was prepared and not accepted.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Prepare(PolicyVersion version)
    {
        if (RandomAccess.GetLength(_handle) > _length)
        {
            RandomAccess.SetLength(_handle, _length);
        }

        RandomAccess.Write(_handle, HistoryCodec.Encode(version), _length);
        RandomAccess.FlushToDisk(_handle);
    }

    /// <summary>Counts the version that was prepared: its state is committed.</summary>
    public void Accept(PolicyVersion version)
    {
        _history = _history.With(version, _limit);
        _length = RandomAccess.GetLength(_handle);
        _lines++;
        if (_lines > _history.Count + Math.Max(SpareLines, _history.Count))
        {
            Compact();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Write(StoreFolder folder, PolicyHistory history)
    {
        StoreFiles.WriteDurably(folder.PendingHistory, HistoryCodec.Encode(history));
        var handle = File.OpenHandle(folder.PendingHistory, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            File.Move(folder.PendingHistory, folder.History, overwrite: true);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void Compact()
    {
        try
        {
            // The file that was opened is the one that is renamed, so from here on lines go to what a restart will read.
            var compacted = Write(_folder, _history);
            _handle.Dispose();
            (_handle, _length, _lines) = (compacted, RandomAccess.GetLength(compacted), _history.Count);
            Posix.SyncDirectory(_folder.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StoreLog.HistoryNotCompacted(_logger, exception, _folder.History);
            _lines = _history.Count;
        }
    }
}
