using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Search;

public sealed class SearchRestartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Restart_Drained_IsInterruptedAndResumesWithoutRepeatingATrial()
    {
        var gate = new Gate();
        var first = await TestScheduler.StartInAsync(_folder.Path, SearchCalls.Quick);
        await using var executor = await OracleExecutor.StartAsync(first.Address, "e1");
        executor.Script.BeforeScore = (shard, _, ends) => shard.Id > 20 ? gate.PassAsync(ends) : Task.CompletedTask;
        var id = (await first.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;
        await first.DisposeAsync();
        executor.Script.BeforeScore = (_, _, _) => Task.CompletedTask;
        executor.Script.Shards.Clear();

        await using var second = await TestScheduler.StartInAsync(_folder.Path, SearchCalls.Quick);
        await executor.FollowAsync(second.Address);
        var before = await second.Searches.GetAsync(id);
        await second.Searches.ResumeAsync(id);
        var after = await second.Searches.EndAsync(id);

        Assert.Equal(SearchStatus.Interrupted, before.Status);
        AssertResumed(before, after, executor);
    }

    [Fact]
    public async Task Restart_KilledMidTrial_LosesThatTrialAtMost()
    {
        var gate = new Gate();
        await using var first = await SchedulerChild.StartAsync(_folder.Path, SearchCalls.Quick);
        await using var executor = await OracleExecutor.StartAsync(first.Address, "e1");
        executor.Script.BeforeScore = (shard, _, ends) => shard.Id > 20 ? gate.PassAsync(ends) : Task.CompletedTask;
        var id = await BeginAsync(first);
        await gate.Reached;
        await first.KillAsync();
        executor.Script.BeforeScore = (_, _, _) => Task.CompletedTask;
        executor.Script.Shards.Clear();

        await using var second = await TestScheduler.StartInAsync(_folder.Path, SearchCalls.Quick);
        await executor.FollowAsync(second.Address);
        var before = await second.Searches.GetAsync(id);
        await second.Searches.ResumeAsync(id);
        var after = await second.Searches.EndAsync(id);

        Assert.Equal(SearchStatus.Interrupted, before.Status);
        Assert.True(after.FencingToken > before.FencingToken);
        AssertResumed(before, after, executor);
    }

    private static async Task<string> BeginAsync(SchedulerChild scheduler)
    {
        using var channel = scheduler.Connect();
        return (await new SearchService.SearchServiceClient(channel).BeginAsync(SearchCalls.GSearch())).Id;
    }

    private static void AssertResumed(Contracts.V1.Search before, Contracts.V1.Search after, OracleExecutor executor)
    {
        Assert.Equal((SearchStatus.Done, string.Empty), (after.Status, after.Error));
        Assert.Equal(OracleScript.Essential, after.Result.Schedules[0].Counts);
        Assert.NotEmpty(before.Trials);
        Assert.Equal(before.Trials, after.Trials.Take(before.Trials.Count));
        var scored = executor.Script.Shards.Where(item => item.Metric == Metric.Agreement).Select(item => item.Shard.Candidate.Rates.Rates).ToList();
        Assert.DoesNotContain(scored, rates => before.Trials.Any(trial => trial.Rates.SequenceEqual(rates) && !IsFound(trial, after)));
    }

    // What was found is measured once more on all questions when its trial was cut short.
    private static bool IsFound(SearchTrial trial, Contracts.V1.Search search) => trial.Rates.SequenceEqual(search.Result.Schedules[0].Rates);
}
