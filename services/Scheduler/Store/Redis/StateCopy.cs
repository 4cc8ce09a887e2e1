namespace Fovea.Scheduler.Store.Redis;

/// <summary>Keeps the newest state on disk: what a start without Redis serves, and the mark below which Redis is not obeyed.</summary>
internal sealed class StateCopy
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

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

    /// <summary>Keeps a store's newest state until cancelled, and notes now and then that it is the newest still; never fails.</summary>
    public async Task FollowAsync(ISchedulerStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var kept = store.Current;
        while (!cancellationToken.IsCancellationRequested)
        {
            StoreState? newer = null;
            try
            {
                newer = await store.WaitForChangeAsync(kept, Interval, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // What is newest at the end is kept too.
            }

            kept = newer ?? store.Current;
            if (newer is not null || !store.Status.IsStale)
            {
                Keep(kept, time.GetUtcNow());
            }
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
