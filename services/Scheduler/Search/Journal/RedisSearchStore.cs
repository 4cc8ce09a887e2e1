using System.Globalization;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Store.Redis;
using StackExchange.Redis;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Keeps journals in Redis, one list for each search, so that any scheduler can take a search up where another has left it.</summary>
/// <remarks>
/// Redis decides who may write: a lease ends by its clock, and every line is checked against the newest token as it is added. What is
/// read here is a copy that follows by hints and by polling. An entry that could not be added is tried again, because its search took
/// long; adding the same line twice adds it once.
/// </remarks>
internal sealed class RedisSearchStore : ISearchStore, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly RedisLink _link;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisSearchStore> _logger;
    private readonly KnownSearches _known = new();
    private readonly ChangeSignal _changed = new();
    private readonly Hint _hint = new();
    private readonly CancellationTokenSource _end = new();
    private Task _following = Task.CompletedTask;

    /// <summary>Makes the store; nothing is read yet.</summary>
    public RedisSearchStore(RedisLink link, StoreOptions options, TimeProvider time, ILogger<RedisSearchStore> logger)
    {
        (_link, _options, _time, _logger) = (link, options, time, logger);
        link.OnHint(Keys.SearchChanges, _hint.Give);
    }

    /// <inheritdoc/>
    public Task Changed => _changed.Next;

    private RedisKeys Keys => _link.Keys;

    private string Channel => (string)Keys.SearchChanges!;

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            JournalLog.NotRead(_logger, exception.Message);
        }

        _following = _hint.FollowAsync(RefreshAsync, _options.PollInterval, _time, _end.Token);
    }

    /// <inheritdoc/>
    public async Task<SearchRecord> CreateAsync(SearchEntry.Created entry, CancellationToken cancellationToken)
    {
        var record = SearchRecord.Begin(entry);
        var line = JournalCodec.Encode(record.Token, entry);
        var answer = await EvaluateAsync(
            RedisSearchScripts.Create,
            [Keys.Searches, Keys.Search(record.Id), Keys.Journal(record.Id)],
            [entry.RequestId, record.Id, line, Channel],
            cancellationToken);
        if (IsDone(answer))
        {
            Add(record.Id, 0, [line]);
            return Find(record.Id).Record;
        }

        await RefreshAsync(cancellationToken);
        return Find((string)answer[1]!).Record;
    }

    /// <inheritdoc/>
    public SearchRecord? FindRequest(string requestId) => _known.FindRequest(requestId) is { } id ? Read(id) : null;

    /// <inheritdoc/>
    public IReadOnlyList<SearchRecord> List() => SearchRecord.NewestFirst(_known.All.Values.Select(known => known.Record));

    /// <inheritdoc/>
    public SearchRecord? Read(string id) => _known.Find(id)?.Record;

    /// <inheritdoc/>
    public async Task<SearchLease?> TryLeaseAsync(string id, TimeSpan duration, CancellationToken cancellationToken)
    {
        for (var last = -1L; ;)
        {
            await RefreshAsync(cancellationToken);
            var token = Find(id).Record.Token;
            last = token != last ? token : throw Unreadable(id);
            var answer = await EvaluateAsync(
                RedisSearchScripts.Lease,
                [Keys.Search(id), Keys.Journal(id)],
                [Text(token), JournalCodec.Encode(token + 1, new SearchEntry.Leased()), (long)duration.TotalMilliseconds, Channel],
                cancellationToken);
            switch ((string)answer[0]!)
            {
                case "done":
                    await RefreshAsync(cancellationToken);
                    return new SearchLease(id, token + 1, (long)answer[1] == 1);
                case "held":
                    return null;
                case "gone":
                    throw Gone(id);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<LeaseState> RenewAsync(SearchLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        var answer = await EvaluateAsync(
            RedisSearchScripts.Renew, [Keys.Search(lease.SearchId)], [Text(lease.Token), (long)duration.TotalMilliseconds], cancellationToken);
        return (string)answer[0]! switch
        {
            "done" => LeaseState.Held,
            "cancel" => LeaseState.CancelWished,
            _ => LeaseState.Lost,
        };
    }

    /// <inheritdoc/>
    public async Task<bool> TryWishCancelAsync(string id, long token, CancellationToken cancellationToken)
    {
        var answer = await EvaluateAsync(RedisSearchScripts.WishCancel, [Keys.Search(id)], [Text(token)], cancellationToken);
        switch ((string)answer[0]!)
        {
            case "done":
                return true;
            case "gone":
                throw Gone(id);
            default:
                await RefreshAsync(cancellationToken);
                return Find(id).Record.Token != token ? false : throw Unreadable(id);
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(SearchLease lease, CancellationToken cancellationToken) =>
        await EvaluateAsync(RedisSearchScripts.Renew, [Keys.Search(lease.SearchId)], [Text(lease.Token), 0], cancellationToken);

    /// <inheritdoc/>
    public async Task<SearchRecord> AppendAsync(SearchLease lease, SearchEntry entry, CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        var line = JournalCodec.Encode(lease.Token, entry);
        while (true)
        {
            try
            {
                var lines = Find(lease.SearchId).Lines;
                if (await TryAppendAsync(lease, line, lines, cancellationToken))
                {
                    Add(lease.SearchId, lines, [line]);
                    return Find(lease.SearchId).Record;
                }

                await RefreshAsync(cancellationToken);
                if (Find(lease.SearchId).Lines == lines)
                {
                    throw Unreadable(lease.SearchId);
                }
            }
            catch (StoreUnavailableException exception) when (_time.GetElapsedTime(begin) < Patience && !_end.IsCancellationRequested)
            {
                JournalLog.Retried(_logger, lease.SearchId, exception.Message);
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool IsDone(RedisResult[] answer) => (string)answer[0]! == "done";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private StoreUnavailableException Unreadable(string id) => new($"the journal of search {id} in Redis at {_options.Redis} is not what it was, or cannot be read");

    private StoreUnavailableException Gone(string id) => new($"search {id} is not in Redis at {_options.Redis} any more");

    private (SearchRecord Record, int Lines) Find(string id) => _known.Find(id) ?? throw new KeyNotFoundException($"no search '{id}' is stored");

    private async Task<bool> TryAppendAsync(SearchLease lease, byte[] line, int lines, CancellationToken cancellationToken)
    {
        var answer = await EvaluateAsync(
            RedisSearchScripts.Append,
            [Keys.Search(lease.SearchId), Keys.Journal(lease.SearchId)],
            [Text(lease.Token), line, lines, Channel],
            cancellationToken);
        return (string)answer[0]! switch
        {
            "done" => true,
            "fenced" => throw new StaleTokenException(lease, (long)answer[1]),
            "gone" => throw Gone(lease.SearchId),
            _ => false,
        };
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        List<RedisValue> values = [(string)Keys.Journal(string.Empty)!];
        var known = _known.All;
        foreach (var (id, (_, lines)) in known)
        {
            values.AddRange([id, lines]);
        }

        foreach (var news in (await EvaluateAsync(RedisSearchScripts.Read, [Keys.Searches], [.. values], cancellationToken)).Select(item => (RedisResult[])item!))
        {
            var id = (string)news[0]!;
            Add(id, known.TryGetValue(id, out var held) ? held.Lines : 0, (byte[][])news[1]!);
        }
    }

    private void Add(string id, int from, IReadOnlyList<byte[]> lines)
    {
        try
        {
            if (_known.Add(id, from, lines))
            {
                _changed.Give();
            }
        }
        catch (FormatException exception)
        {
            JournalLog.LineUnreadable(_logger, id, exception.Message);
        }
    }

    private async Task<RedisResult[]> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        (RedisResult[])(await _link.EvaluateAsync(script, keys, values, cancellationToken))!;
}
