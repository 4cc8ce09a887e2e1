using System.Collections.Concurrent;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Ends each search at once with a schedule, after some progress.</summary>
internal sealed class SearchDouble : SearchService.SearchServiceBase
{
    private readonly ConcurrentDictionary<string, Search> _searches = new(StringComparer.Ordinal);
    private int _next;

    public ConcurrentQueue<StartSearchRequest> Started { get; } = new();

    /// <summary>Gets or sets the status that searches end with.</summary>
    public SearchStatus EndsAs { get; set; } = SearchStatus.Done;

    /// <summary>Gets the trials that a search has had when it is done; updates bring only those named in <see cref="Brought"/>.</summary>
    public List<SearchTrial> Trials { get; } = [new SearchTrial { Rates = { 1, 0.5 }, Step = 3, Metric = 98, SamplesScored = 5, Raced = true, LayerForwards = 60 }];

    /// <summary>Gets the indices of the trials that updates bring.</summary>
    public HashSet<int> Brought { get; } = [];

    /// <summary>Gets what opens when a watcher has seen the first update; then the search goes on until its watcher leaves.</summary>
    public TaskCompletionSource? Watched { get; init; }

    public override Task<Search> StartSearch(StartSearchRequest request, ServerCallContext context)
    {
        Started.Enqueue(request);
        var search = new Search { Id = $"g-{Interlocked.Increment(ref _next)}", Spec = request.Spec, Status = SearchStatus.Running };
        _searches[search.Id] = search;
        return Task.FromResult(search);
    }

    public override async Task WatchSearch(WatchSearchRequest request, IServerStreamWriter<SearchUpdate> responseStream, ServerCallContext context)
    {
        var search = Find(request.Id).Clone();
        search.Status = SearchStatus.Running;
        search.Progress = new SearchProgress { TrialsDone = 1, TrialsExpected = 20, Step = 3, Steps = 12, BestRates = { 1, 0.5 }, EtaSeconds = 12, Executors = 2 };
        await responseStream.WriteAsync(new SearchUpdate { Search = search });
        if (Watched is { } watched)
        {
            watched.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        foreach (var trial in Trials.Where(trial => Brought.Contains(trial.Index)))
        {
            search.Progress.TrialsDone = trial.Index + 1;
            await responseStream.WriteAsync(new SearchUpdate { Search = search, Trial = trial });
        }

        await responseStream.WriteAsync(new SearchUpdate { Search = Ended(search) });
    }

    public override Task<Search> CancelSearch(CancelSearchRequest request, ServerCallContext context)
    {
        var search = Find(request.Id);
        search.Status = SearchStatus.Cancelled;
        return Task.FromResult(search);
    }

    public override Task<Search> ResumeSearch(ResumeSearchRequest request, ServerCallContext context) => Task.FromResult(Find(request.Id));

    public override Task<Search> GetSearch(GetSearchRequest request, ServerCallContext context)
    {
        var search = Ended(Find(request.Id));
        search.Trials.AddRange(Trials);
        return Task.FromResult(search);
    }

    public override Task<ListSearchesResponse> ListSearches(ListSearchesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListSearchesResponse { Searches = { _searches.Values } });

    private Search Find(string id) => _searches.TryGetValue(id, out var search)
        ? search
        : throw new RpcException(new Status(StatusCode.NotFound, $"no search '{id}'"));

    private Search Ended(Search search)
    {
        var ended = search.Clone();
        ended.Status = EndsAs;
        ended.Error = EndsAs == SearchStatus.Failed ? "out of luck" : string.Empty;
        if (EndsAs == SearchStatus.Done)
        {
            ended.Result = new SearchResult { MetricFull = 99, LayerForwards = 1234, Trials = 20, Seconds = 1.5 };
            ended.Result.Schedules.AddRange(search.Spec.Psigmoid is { } psigmoid ? Found(psigmoid) : [Found($"s-{ended.Id.GetHashCode(StringComparison.Ordinal):x8}aaaaaaaa")]);
        }

        return ended;
    }

    // The smallest budget is left out, as one that is infeasible would be.
    private static IEnumerable<FoundSchedule> Found(PSigmoidSpec spec) => spec.Budgets.OrderBy(budget => budget.MeanKeep).Skip(1).Select(budget =>
    {
        var found = Found("s-0123456789abcdef");
        (found.Budget, found.Slope, found.Amplitude, found.Shift) = (budget, 0.3, 0.6, 2);
        return found;
    });

    private static FoundSchedule Found(string id) => new()
    {
        ScheduleId = id,
        Rates = { 1, 0.5 },
        Counts = { 256, 128 },
        Metric = 98.5,
        HeldOut = new Report { Questions = 10, Accuracy = 90, AccuracyFull = 100, Lost = 1, Gflops = 1, GflopsFull = 2, MeanKeep = 0.75 },
    };
}
