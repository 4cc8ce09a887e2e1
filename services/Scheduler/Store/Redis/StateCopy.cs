namespace Fovea.Scheduler.Store.Redis;

/// <summary>Keeps the newest state on disk: what a start without Redis serves, and the mark below which Redis is not obeyed.</summary>
internal sealed class StateCopy
{
    private readonly StoreFolder _folder;
    private readonly ILogger _logger;
    private StoreState? _written;

    /// <summary>Makes the copy in a folder that this process owns.</summary>
    public StateCopy(StoreFolder folder, ILogger logger) => (_folder, _logger) = (folder, logger);

    /// <summary>Returns the copy and when it was last known to be the newest; null when there is none or it is damaged.</summary>
    public (StoreState State, DateTimeOffset Fresh)? Read()
    {
        try
        {
            _written = StoreCodec.Decode(File.ReadAllBytes(_folder.Copy));
            return (_written, File.GetLastWriteTimeUtc(_folder.Copy));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (StoreDamagedException exception)
        {
            RedisLog.CopyUnreadable(_logger, _folder.Copy, exception.Message);
            return null;
        }
    }

    /// <summary>Makes a state the copy, or notes that the copy is the newest still.</summary>
    /// <remarks>A copy that cannot be written is logged and tried again at the next call; serving goes on.</remarks>
    public void Keep(StoreState state, DateTimeOffset now)
    {
        try
        {
            if (!ReferenceEquals(state, _written))
            {
                StoreFiles.WriteDurably(_folder.PendingCopy, StoreCodec.Encode(state));
                File.Move(_folder.PendingCopy, _folder.Copy, overwrite: true);
                Posix.SyncDirectory(_folder.Path);
                _written = state;
            }

            File.SetLastWriteTimeUtc(_folder.Copy, now.UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RedisLog.CopyNotWritten(_logger, exception, _folder.Copy);
        }
    }
}
