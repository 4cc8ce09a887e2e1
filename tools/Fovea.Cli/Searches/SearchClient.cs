using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Searches;

/// <summary>Speaks to the search service of a scheduler.</summary>
internal sealed class SearchClient
{
    private readonly ServiceSession _session;
    private readonly CliContext _context;
    private readonly SearchService.SearchServiceClient _client;

    /// <summary>Makes a client over a borrowed session.</summary>
    public SearchClient(ServiceSession session, CliContext context)
    {
        _session = session;
        _context = context;
        _client = new SearchService.SearchServiceClient(session.Channel);
    }

    /// <summary>Starts a search.</summary>
    public async Task<Search> StartAsync(SearchSpec spec, CancellationToken cancellationToken)
    {
        var request = new StartSearchRequest { RequestId = Guid.NewGuid().ToString("N"), Spec = spec };
        return await _client.StartSearchAsync(request, _session.Call(cancellationToken));
    }

    /// <summary>Returns a search with every trial.</summary>
    public async Task<Search> GetAsync(string id, CancellationToken cancellationToken) =>
        await _client.GetSearchAsync(new GetSearchRequest { Id = id }, _session.Call(cancellationToken));

    /// <summary>Returns all searches, newest first.</summary>
    public async Task<IReadOnlyList<Search>> ListAsync(CancellationToken cancellationToken) =>
        (await _client.ListSearchesAsync(new ListSearchesRequest(), _session.Call(cancellationToken))).Searches;

    /// <summary>Ends a running search.</summary>
    public async Task<Search> CancelAsync(string id, CancellationToken cancellationToken) =>
        await _client.CancelSearchAsync(new CancelSearchRequest { Id = id }, _session.Call(cancellationToken));

    /// <summary>Lets a search go on.</summary>
    public async Task<Search> ResumeAsync(string id, CancellationToken cancellationToken) =>
        await _client.ResumeSearchAsync(new ResumeSearchRequest { Id = id }, _session.Call(cancellationToken));

    /// <summary>Shows a search's progress until it ends, and returns it.</summary>
    /// <exception cref="CliException">The search ended without a result, the watcher was interrupted, or the scheduler went away.</exception>
    public async Task<Search> WatchToEndAsync(string id, bool isQuiet, CancellationToken cancellationToken)
    {
        Search? last = null;
        try
        {
            await SearchProgressView.ShowAsync(_context, isQuiet, ReadAsync, async show =>
            {
                using var call = _client.WatchSearch(new WatchSearchRequest { Id = id }, ServiceSession.Stream(cancellationToken));
                await foreach (var update in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    last = update.Search ?? last;
                    await show(update);
                }
            });
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is OperationCanceledException or RpcException)
        {
            throw new CliException(ExitCodes.Interrupted, [$"search {id} goes on without this watcher", .. Hints(id)]);
        }
        catch (RpcException exception) when (last is not null && exception.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled)
        {
            throw new CliException(ExitCodes.Unavailable, [.. RpcErrorText.Lines(exception), $"search {id} may have been interrupted", .. Hints(id)]);
        }

        return Ended(last, id);

        // With no deadline, as the stream that it completes.
        async Task<Search> ReadAsync() => await _client.GetSearchAsync(new GetSearchRequest { Id = id }, ServiceSession.Stream(cancellationToken));
    }

    private static Search Ended(Search? last, string id) => last?.Status switch
    {
        SearchStatus.Done => last,
        SearchStatus.Failed => throw new CliException(ExitCodes.Failed, [$"search {id} failed: {last.Error}", Resume(id)]),
        SearchStatus.Cancelled => throw new CliException(ExitCodes.Failed, [$"search {id} was cancelled", Resume(id)]),
        SearchStatus.Interrupted => throw new CliException(ExitCodes.Failed, [$"search {id} was interrupted: {last.Error}", Resume(id)]),
        _ => throw new CliException(ExitCodes.Failed, [$"the scheduler stopped reporting search {id} before its end", .. Hints(id)]),
    };

    private static string[] Hints(string id) => [$"watch it:   fovea search watch {id}", $"end it:     fovea search cancel {id}", Resume(id)];

    private static string Resume(string id) => $"resume it:  fovea search resume {id}";
}
