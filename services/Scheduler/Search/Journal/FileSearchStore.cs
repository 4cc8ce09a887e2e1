using System.Collections.Concurrent;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Keeps journals as files <c>searches/ID.jsonl</c> below the store's folder, which one process owns.</summary>
/// <remarks>Because no other process can hold a lease, those of a process before are over; tokens go on from where they were.</remarks>
internal sealed class FileSearchStore : ISearchStore
{
    private readonly Lock _creating = new();
    private readonly ConcurrentDictionary<string, SearchJournal> _journals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _requests = new(StringComparer.Ordinal);
    private readonly ChangeSignal _changed = new();
    private readonly string _folder;
    private readonly TimeProvider _time;

    private FileSearchStore(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
    }

    /// <summary>Opens the journals below a folder that this process owns; a damaged tail is cut off and logged.</summary>
    /// <exception cref="StoreOpenException">The folder cannot be read or written.</exception>
    public static FileSearchStore Open(StoreOptions options, TimeProvider time, ILogger<FileSearchStore> logger)
    {
        var folder = Path.Combine(Path.GetFullPath(options.Folder), "searches");
        var store = new FileSearchStore(folder, time);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
            {
                store.Load(path, logger);
            }

            return store;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            store.Dispose();
            throw new StoreOpenException($"searches in '{folder}' cannot be opened: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Task Changed => _changed.Next;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<SearchRecord> CreateAsync(SearchEntry.Created entry, CancellationToken cancellationToken)
    {
        lock (_creating)
        {
            if (FindRequest(entry.RequestId) is { } existing)
            {
                return Task.FromResult(existing);
            }

            var record = SearchRecord.Begin(entry);
            try
            {
                var file = JournalFile.Create(PathOf(record.Id), JournalCodec.Encode(record.Token, entry));
                Add(new SearchJournal(record, file, _time));
                _changed.Give();
                return Task.FromResult(record);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StoreUnavailableException($"search {record.Id} cannot be stored in '{_folder}': {exception.Message}", exception);
            }
        }
    }

    /// <inheritdoc/>
    public SearchRecord? FindRequest(string requestId) => _requests.TryGetValue(requestId, out var id) ? Read(id) : null;

    /// <inheritdoc/>
    public IReadOnlyList<SearchRecord> List() => SearchRecord.NewestFirst(_journals.Values.Select(journal => journal.Record));

    /// <inheritdoc/>
    public SearchRecord? Read(string id) => _journals.GetValueOrDefault(id)?.Record;

    /// <inheritdoc/>
    public Task<SearchLease?> TryLeaseAsync(string id, TimeSpan duration, CancellationToken cancellationToken) =>
        Task.FromResult(Find(id).TryLease(duration));

    /// <inheritdoc/>
    public Task<LeaseState> RenewAsync(SearchLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        Task.FromResult(Find(lease.SearchId).Renew(lease, duration));

    /// <inheritdoc/>
    public Task<bool> TryWishCancelAsync(string id, long token, CancellationToken cancellationToken) =>
        Task.FromResult(Find(id).TryWishCancel(token));

    /// <inheritdoc/>
    public Task ReleaseAsync(SearchLease lease, CancellationToken cancellationToken)
    {
        Find(lease.SearchId).Release(lease);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<SearchRecord> AppendAsync(SearchLease lease, SearchEntry entry, CancellationToken cancellationToken)
    {
        var record = Find(lease.SearchId).Append(lease, entry);
        _changed.Give();
        return Task.FromResult(record);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var journal in _journals.Values)
        {
            journal.Dispose();
        }
    }

    private void Load(string path, ILogger logger)
    {
        var (record, length) = JournalReader.Read(path, out var fault);
        if (record is null)
        {
            File.Move(path, path + ".damaged", overwrite: true);
            JournalLog.Unreadable(logger, path, fault ?? "it is empty");
            return;
        }

        if (fault is not null)
        {
            JournalLog.TailCut(logger, path, new FileInfo(path).Length - length, fault, record.Trials.Count);
        }

        Add(new SearchJournal(record, JournalFile.Open(path, length), _time));
    }

    private void Add(SearchJournal journal)
    {
        _journals[journal.Record.Id] = journal;
        _requests[journal.Record.RequestId] = journal.Record.Id;
    }

    private SearchJournal Find(string id) => _journals.GetValueOrDefault(id) ?? throw new KeyNotFoundException($"no search '{id}' is stored");

    private string PathOf(string id) => Path.Combine(_folder, $"{id}.jsonl");
}
