using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Store;

/// <summary>Keeps the state in one folder of one machine: every commit is atomic and durable before it is seen.</summary>
internal sealed class FileStore : ISchedulerStore
{
    private readonly StoreFolder _folder;
    private readonly StoreLock _lock;
    private readonly HistoryFile _history;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly StateCell _cell;
    private bool _failed;

    private FileStore(StoreFolder folder, StoreLock folderLock, StoreState state, HistoryFile history, (TimeProvider Time, ILogger Logger) tools)
    {
        _folder = folder;
        _lock = folderLock;
        _history = history;
        (_time, _logger) = tools;
        _cell = new StateCell(state);
    }

    /// <inheritdoc/>
    public StoreState Current => _cell.Value;

    /// <inheritdoc/>
    public StoreStatus Status => StoreStatus.Fresh;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
            var state = new StoreLoader(folder, time, logger).Load(options.Recover);
            return new(folder, owned, state, HistoryFile.Open(folder, state, options.HistoryLimit, logger), (time, logger));
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
            Write(next, PolicyVersions.Of(next, change, _time.GetUtcNow()));
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
    public Task<IReadOnlyList<PolicyVersion>> HistoryAsync(string policy, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(_history.History.Of(policy, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PolicyVersion>?> EventsAfterAsync(long revision, CancellationToken cancellationToken) =>
        Task.FromResult(_history.History.EventsAfter(revision));

    /// <inheritdoc/>
    public void Dispose()
    {
        _history.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    private void Write(StoreState next, PolicyVersion? version)
    {
        if (_failed)
        {
            throw new StoreUnavailableException($"store '{_folder.Path}' takes no changes since a write to it failed; restart the scheduler");
        }

        var content = StoreCodec.Encode(next);
        try
        {
            if (version is not null)
            {
                _history.Prepare(version);
            }

            StoreFiles.Prepare(_folder, content);

            // From here on a failure leaves open which of both states survives, so nothing may be built on either.
            _failed = true;
            StoreFiles.Replace(_folder);
            _failed = false;
            if (version is not null)
            {
                _history.Accept(version);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StoreLog.WriteFailed(_logger, exception, _folder.Path, next.Revision);
            throw new StoreUnavailableException($"store '{_folder.Path}' cannot be written: {exception.Message}", exception);
        }
    }
}
