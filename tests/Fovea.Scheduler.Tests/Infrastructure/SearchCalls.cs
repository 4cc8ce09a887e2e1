using Fovea.Contracts.V1;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Calls SearchService the way its clients do.</summary>
internal static class SearchCalls
{
    /// <summary>Options that keep reconnects short and show every score.</summary>
    public static readonly string[] Quick =
        ["--Search:ReconnectMin=00:00:00.010", "--Search:ReconnectMax=00:00:00.050", "--Search:ProgressEvery=00:00:00", "--Search:ShardSamples=4"];

    public static SearchSpec GSearch() => new()
    {
        Model = "oracle",
        Set = new SetReference { Digest = OracleScript.Set },
        HeldOut = new SetReference { Digest = OracleScript.HeldOut },
        Metric = Metric.Agreement,
        FirstLayer = 2,
        Floor = 1,
        Seed = 7,
        Gsearch = new GSearchSpec(),
    };

    public static SearchSpec PSigmoid(params Budget[] budgets)
    {
        var spec = GSearch();
        spec.Psigmoid = new PSigmoidSpec { Trials = 6, Budgets = { budgets } };
        return spec;
    }

    public static async Task<SearchMessage> BeginAsync(this SearchService.SearchServiceClient searches, SearchSpec spec, string request = "r1") =>
        await searches.StartSearchAsync(new StartSearchRequest { RequestId = request, Spec = spec }).ResponseAsync.WaitAsync(Limits.Step);

    public static async Task<SearchMessage> GetAsync(this SearchService.SearchServiceClient searches, string id) =>
        await searches.GetSearchAsync(new GetSearchRequest { Id = id }).ResponseAsync.WaitAsync(Limits.Step);

    public static async Task<SearchMessage> ResumeAsync(this SearchService.SearchServiceClient searches, string id) =>
        await searches.ResumeSearchAsync(new ResumeSearchRequest { Id = id }).ResponseAsync.WaitAsync(Limits.Step);

    public static async Task<SearchMessage> CancelAsync(this SearchService.SearchServiceClient searches, string id) =>
        await searches.CancelSearchAsync(new CancelSearchRequest { Id = id }).ResponseAsync.WaitAsync(Limits.Step);

    /// <summary>Watches until the search ends and returns it with its trials.</summary>
    public static async Task<SearchMessage> EndAsync(this SearchService.SearchServiceClient searches, string id)
    {
        await searches.WatchUntilAsync(id, update => update.Search.Status != SearchStatus.Running);
        return await searches.GetAsync(id);
    }

    /// <summary>Watches until an update is wanted and returns it.</summary>
    public static async Task<SearchUpdate> WatchUntilAsync(this SearchService.SearchServiceClient searches, string id, Func<SearchUpdate, bool> isWanted)
    {
        using var call = searches.WatchSearch(new WatchSearchRequest { Id = id });
        while (await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step))
        {
            if (isWanted(call.ResponseStream.Current))
            {
                return call.ResponseStream.Current;
            }
        }

        throw new InvalidOperationException("the search ended before");
    }
}
