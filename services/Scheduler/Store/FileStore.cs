namespace Fovea.Scheduler.Store;

/// <summary>Keeps the state in one folder of one machine: every commit is atomic and durable before it is seen.</summary>
internal sealed class FileStore : ISchedulerStore
{
    private readonly StoreFolder _folder;
    private readonly StoreLock _lock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly StateCell _cell;
    private bool _failed;

    private FileStore(StoreFolder folder, StoreLock folderLock, StoreState state, ILogger logger)
    {
        _folder = folder;
        _lock = folderLock;
        _logger = logger;
        _cell = new StateCell(state);
    }

    /// <inheritdoc/>
    public StoreState Current => _cell.Value;

    /// <summary>Opens a folder, which is made when missing, and owns it until disposed.</summary>
    /// <exception cref="StoreOpenException">The folder is in use, cannot be written, or holds a damaged state.</exception>
    public static FileStore Open(StoreOptions options, TimeProvider time, ILogger<FileStore> logger)
    {
        var folder = new StoreFolder(Path.GetFullPath(options.Folder));
        StoreLock? owned = null;
        try
        {
            Directory.CreateDirectory(folder.Path);
            owned = StoreLock.Take(folder);
            return new(folder, owned, new StoreLoader(folder, time, logger).Load(options.Recover), logger);
        }
        catch (Exception exception)
        {
            owned?.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new StoreOpenException($"store '{folder.Path}' cannot be opened: {exception.Message} (folder set by --store)", exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<StoreState?> TryCommitAsync(StoreState basis, StoreChange change, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(_cell.Value, basis))
            {
                return null;
            }

            var next = basis.With(change);
            Write(next);
            _cell.Publish(next);
            return next;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    public Task<StoreState> WaitForChangeAsync(StoreState seen, CancellationToken cancellationToken) =>
        _cell.WaitForChangeAsync(seen, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _lock.Dispose();
    }

    private void Write(StoreState next)
    {
        if (_failed)
        {
            throw new StoreUnavailableException($"store '{_folder.Path}' takes no changes since a write to it failed; restart the scheduler");
        }

        var content = StoreCodec.Encode(next);
        try
        {
            StoreFiles.Prepare(_folder, content);

            // From here on a failure leaves open which of both states survives, so nothing may be built on either.
            _failed = true;
            StoreFiles.Replace(_folder);
            _failed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StoreLog.WriteFailed(_logger, exception, _folder.Path, next.Revision);
            throw new StoreUnavailableException($"store '{_folder.Path}' cannot be written: {exception.Message}", exception);
        }
    }
}
