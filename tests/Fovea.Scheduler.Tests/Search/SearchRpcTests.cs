using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Search;

public sealed class SearchRpcTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task StartSearch_GSearchOnOracles_FindsWhatTheyNeed(int executors)
    {
        await using var first = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
        await using var second = executors == 2 ? await OracleExecutor.StartAsync(_scheduler.Address, "e2") : null;

        var search = await _scheduler.Searches.EndAsync((await _scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);

        Assert.Equal((SearchStatus.Done, string.Empty), (search.Status, search.Error));
        var found = Assert.Single(search.Result.Schedules);
        Assert.Equal(OracleScript.Essential, found.Counts);
        Assert.Equal(search.Trials.Count, search.Result.Trials);
        Assert.Equal(100, search.Result.MetricFull);
        Assert.Equal(100, found.Metric);
        Assert.True(found.Fit.Slope > 0);
    }

    [Fact]
    public async Task StartSearch_Done_StoresTheScheduleWithItsProvenance()
    {
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");

        var search = await _scheduler.Searches.EndAsync((await _scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);

        var stored = await _scheduler.Schedules.GetScheduleAsync(new GetScheduleRequest { Id = search.Result.Schedules[0].ScheduleId });
        Assert.Equal(search.Result.Schedules[0].Rates, stored.Rates);
        Assert.Equal(
            (search.Id, "rev-1", OracleScript.Set, "agreement", 7UL),
            (stored.Provenance.SearchId, stored.Provenance.ModelRevision, stored.Provenance.SetDigest, stored.Provenance.Metric, stored.Provenance.Seed));
        Assert.Equal(search.Trials.Count, stored.Provenance.Trials);
        Assert.True(stored.Provenance.Lossless);
    }

    [Fact]
    public async Task StartSearch_Done_ReportsBothSets()
    {
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
        var spec = SearchCalls.GSearch();
        spec.Tolerance = 100;

        var search = await _scheduler.Searches.EndAsync((await _scheduler.Searches.BeginAsync(spec)).Id);

        var found = search.Result.Schedules[0];
        Assert.Equal((OracleScript.Questions, 100.0, 0.0), (found.Calibration.Questions, found.Calibration.AccuracyFull, found.Calibration.Accuracy));
        Assert.Equal((OracleScript.Questions, 0), (found.Calibration.Lost, found.Calibration.Won));
        Assert.Equal(OracleScript.HeldOutQuestions, found.HeldOut.Questions);
        Assert.Equal(["color", "count"], found.HeldOut.AccuracyByClass.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(found.Counts.Sum(), found.Calibration.Gflops, 9);
        Assert.Equal(OracleScript.VisionTokens * OracleScript.Essential.Length, found.Calibration.GflopsFull, 9);
    }

    [Fact]
    public async Task StartSearch_SameRequestAgain_ReturnsTheSearchItStarted()
    {
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
        var first = await _scheduler.Searches.BeginAsync(SearchCalls.GSearch());

        var second = await _scheduler.Searches.BeginAsync(SearchCalls.GSearch());

        Assert.Equal(first.Id, second.Id);
        Assert.Single((await _scheduler.Searches.ListSearchesAsync(new ListSearchesRequest())).Searches);
        await _scheduler.Searches.EndAsync(first.Id);
    }

    [Fact]
    public async Task StartSearch_PSigmoid_StoresOneScheduleForEachBudgetAndTheTable()
    {
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
        var spec = SearchCalls.PSigmoid(new Budget { MeanKeep = 0.6 }, new Budget { MeanKeep = 0.8 });

        var search = await _scheduler.Searches.EndAsync((await _scheduler.Searches.BeginAsync(spec)).Id);

        Assert.Equal((SearchStatus.Done, string.Empty), (search.Status, search.Error));
        Assert.Equal([0.6, 0.8], search.Result.Schedules.Select(found => found.Budget.MeanKeep));
        Assert.All(search.Result.Schedules, found => Assert.True(found.Counts.Average() / OracleScript.VisionTokens <= found.Budget.MeanKeep));
        Assert.Equal(search.Id, search.Result.Table.SearchId);
        Assert.Equal(search.Result.Table, _scheduler.State.BudgetTables["oracle"]);
    }

    [Fact]
    public async Task StartSearch_BudgetOfMilliseconds_MeasuresCostsFirst()
    {
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");

        var search = await _scheduler.Searches.EndAsync(
            (await _scheduler.Searches.BeginAsync(SearchCalls.PSigmoid(new Budget { Milliseconds = 400 }))).Id);

        Assert.Equal((SearchStatus.Done, string.Empty), (search.Status, search.Error));
        var table = _scheduler.State.CostTables["oracle"];
        Assert.Equal(("rev-1", OracleScript.VisionTokens + 20), (table.ModelRevision, table.LayerTimes[^1].Rows));
    }

    [Fact]
    public async Task GetSearch_Unknown_IsNotFound()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.Searches.GetAsync("nothing"));

        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task CancelSearch_Running_KeepsItsTrialsAndIsResumed()
    {
        var gate = new Gate();
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
        executor.Script.BeforeScore = (shard, _, ends) => shard.Id > 12 ? gate.PassAsync(ends) : Task.CompletedTask;
        var id = (await _scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;

        var cancelled = await _scheduler.Searches.CancelAsync(id);

        Assert.Equal(SearchStatus.Cancelled, cancelled.Status);
        var kept = (await _scheduler.Searches.GetAsync(id)).Trials;
        Assert.NotEmpty(kept);
        gate.Open();
        await _scheduler.Searches.ResumeAsync(id);
        var done = await _scheduler.Searches.EndAsync(id);
        Assert.Equal(OracleScript.Essential, done.Result.Schedules[0].Counts);
        Assert.Equal(kept, done.Trials.Take(kept.Count));
    }

    [Fact]
    public async Task ResumeSearch_Done_IsRefused()
    {
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
        var id = (await _scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await _scheduler.Searches.EndAsync(id);

        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.Searches.ResumeAsync(id));

        Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
    }

    [Fact]
    public async Task WatchSearch_SeveralWatchers_SeeTheStateAtOnceAndTheEnd()
    {
        var gate = new Gate();
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
        executor.Script.BeforeScore = (_, _, ends) => gate.PassAsync(ends);
        var id = (await _scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;

        var first = await _scheduler.Searches.WatchUntilAsync(id, update => update.Search.Progress?.Executors == 1);
        var watchers = Enumerable.Range(0, 3).Select(_ => _scheduler.Searches.EndAsync(id)).ToList();
        var trial = _scheduler.Searches.WatchUntilAsync(id, update => update.Trial is not null);
        gate.Open();

        Assert.Equal(SearchStatus.Running, first.Search.Status);
        Assert.All(await Task.WhenAll(watchers), search => Assert.Equal(SearchStatus.Done, search.Status));
        Assert.True((await trial).Search.Progress.TrialsDone > 0);
    }

    [Fact]
    public async Task StartSearch_Racing_DropsTheRestOfShards()
    {
        await using var executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");

        var search = await _scheduler.Searches.EndAsync((await _scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);

        Assert.Contains(search.Trials, trial => trial.Raced && trial.SamplesScored < OracleScript.Questions);
        Assert.NotEmpty(executor.Script.Dropped);
    }
}
