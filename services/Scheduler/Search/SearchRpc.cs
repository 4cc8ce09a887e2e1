using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Search.Running;
using Fovea.Scheduler.Search.Starting;
using Fovea.Scheduler.Store;
using Grpc.Core;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Search;

/// <summary>Serves SearchService.</summary>
internal sealed class SearchRpc : SearchService.SearchServiceBase
{
    private readonly ISearchStore _searches;
    private readonly SearchCheck _check;
    private readonly SearchRunners _runners;
    private readonly SearchCancels _cancels;
    private readonly SearchOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the service.</summary>
    public SearchRpc(SearchTools tools, SearchCheck check, SearchRunners runners, SearchCancels cancels)
    {
        (_searches, _options, _time) = (tools.Searches, tools.Options, tools.Time);
        (_check, _runners, _cancels) = (check, runners, cancels);
    }

    /// <inheritdoc/>
    public override async Task<SearchMessage> StartSearch(StartSearchRequest request, ServerCallContext context)
    {
        if (_searches.FindRequest(request.RequestId) is { } started)
        {
            return started.Head;
        }

        var search = await _check.RequireAsync(request, context.CancellationToken);
        RequireRoom();
        var now = _time.GetUtcNow();
        var head = new SearchMessage
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Spec = search.Spec,
            Status = SearchStatus.Running,
            Started = now.ToUnixTimeMilliseconds() / 1000.0,
        };
        return await StoredAsync(async () =>
        {
            var entry = new SearchEntry.Created(request.RequestId, head, search.Questions);
            var record = await _searches.CreateAsync(entry, context.CancellationToken);
            if (record.Id == head.Id)
            {
                await _runners.TryLaunchAsync(record.Id, CancellationToken.None);
            }

            return Newest(record.Id);
        });
    }

    /// <inheritdoc/>
    public override async Task WatchSearch(WatchSearchRequest request, IServerStreamWriter<SearchUpdate> responseStream, ServerCallContext context)
    {
        _ = Find(request.Id);
        if (_runners.Find(request.Id)?.Live is not { } live)
        {
            await WatchOtherAsync(request.Id, responseStream, context.CancellationToken);
            return;
        }

        var update = live.Newest;
        await responseStream.WriteAsync(update, context.CancellationToken);
        while (update.Search.Status == SearchStatus.Running)
        {
            update = await live.WaitAsync(update, context.CancellationToken);
            await responseStream.WriteAsync(update, context.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async Task<SearchMessage> CancelSearch(CancelSearchRequest request, ServerCallContext context)
    {
        var record = Find(request.Id);
        if (_runners.Find(record.Id) is null && record.Head.Status != SearchStatus.Running)
        {
            return record.Head.Status == SearchStatus.Cancelled
                ? record.Head
                : throw new RpcException(new Status(StatusCode.FailedPrecondition, $"search {record.Id} is {NameOf(record)}, it does not run"));
        }

        return await StoredAsync(async () =>
        {
            await _cancels.CancelAsync(record.Id, context.CancellationToken);
            return Newest(record.Id);
        });
    }

    /// <inheritdoc/>
    public override async Task<SearchMessage> ResumeSearch(ResumeSearchRequest request, ServerCallContext context)
    {
        var record = Find(request.Id);
        if (_runners.Find(record.Id) is not null)
        {
            return Newest(record.Id);
        }

        RequireNotDone(record);
        RequireRoom();
        return await StoredAsync(async () =>
        {
            if (!await _runners.TryLaunchAsync(record.Id, CancellationToken.None) && Find(record.Id) is { Head.Status: not SearchStatus.Running } newest)
            {
                RequireNotDone(newest);
                throw new RpcException(new Status(StatusCode.Unavailable, $"search {record.Id} cannot be taken up now, another runner may still hold it"));
            }

            return Newest(record.Id);
        });
    }

    /// <inheritdoc/>
    public override Task<SearchMessage> GetSearch(GetSearchRequest request, ServerCallContext context)
    {
        var search = Find(request.Id).ToMessage();
        search.Progress = _runners.Find(request.Id)?.Live.Newest.Search.Progress ?? search.Progress;
        return Task.FromResult(search);
    }

    /// <inheritdoc/>
    public override Task<ListSearchesResponse> ListSearches(ListSearchesRequest request, ServerCallContext context)
    {
        var response = new ListSearchesResponse();
        response.Searches.AddRange(_searches.List().Select(record => Newest(record.Id)));
        return Task.FromResult(response);
    }

    /// <summary>Shows a search that does not run here: once, or trial by trial while another scheduler runs it.</summary>
    private async Task WatchOtherAsync(string id, IServerStreamWriter<SearchUpdate> responses, CancellationToken cancellationToken)
    {
        SearchRecord? shown = null;
        while (shown is null || shown.Head.Status == SearchStatus.Running)
        {
            var changed = _searches.Changed;
            var record = Find(id);
            if (!ReferenceEquals(record, shown))
            {
                var trial = shown is not null && record.Trials.Count > shown.Trials.Count ? record.Trials[^1].Trial : null;
                await responses.WriteAsync(new SearchUpdate { Search = record.Head, Trial = trial }, cancellationToken);
                shown = record;
                continue;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static async Task<SearchMessage> StoredAsync(Func<Task<SearchMessage>> change)
    {
        try
        {
            return await change();
        }
        catch (StoreUnavailableException exception)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, exception.Message, exception));
        }
    }

    private static string NameOf(SearchRecord record) => record.Head.Status.ToString().ToLowerInvariant();

    private static void RequireNotDone(SearchRecord record)
    {
        if (record.Head.Status == SearchStatus.Done)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"search {record.Id} is done, start another one"));
        }
    }

    private SearchRecord Find(string id) =>
        _searches.Read(id) ?? throw new RpcException(new Status(StatusCode.NotFound, $"no search '{id}' is stored"));

    private SearchMessage Newest(string id) => _runners.Find(id)?.Live.Newest.Search ?? Find(id).Head;

    private void RequireRoom()
    {
        if (_runners.Count >= _options.MaxRunning)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"{_options.MaxRunning} searches run already (Search:MaxRunning); cancel one or wait"));
        }
    }
}
