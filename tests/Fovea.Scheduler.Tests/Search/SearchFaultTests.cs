using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Tests.Search;

public sealed class SearchFaultTests
{
    [Fact]
    public async Task Search_ExecutorDiesMidTrial_EndsInTheSameSchedule()
    {
        var gate = new Gate();
        await using var scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        await using var dying = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        await using var other = await OracleExecutor.StartAsync(scheduler.Address, "e2");
        dying.Script.BeforeScore = (_, _, ends) => gate.PassAsync(ends);
        var id = (await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;

        await dying.KillAsync();

        AssertDone(await scheduler.Searches.EndAsync(id));
    }

    [Fact]
    public async Task Search_ExecutorHangs_IsResetAfterTheShardTimeout()
    {
        var (time, gate) = (new ManualTime(), new Gate());
        await using var scheduler = await TestScheduler.StartAtAsync(
            time, "--Search:ShardTimeout=00:00:01", "--Search:ReconnectMin=00:00:00.037", "--Search:ShardSamples=4");
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        executor.Script.BeforeScore = (_, _, ends) => gate.PassAsync(ends);
        var id = (await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;
        executor.Script.BeforeScore = (_, _, _) => Task.CompletedTask;

        time.Advance(TimeSpan.FromSeconds(1));
        await time.WaitForTimerAsync(TimeSpan.FromMilliseconds(37));
        time.Advance(TimeSpan.FromMilliseconds(37));

        AssertDone(await scheduler.Searches.EndAsync(id));
    }

    [Fact]
    public async Task Search_NoExecutorLeft_FailsAfterTheTimeoutAndIsResumed()
    {
        var (time, gate) = (new ManualTime(), new Gate());
        await using var scheduler = await TestScheduler.StartAtAsync(time, "--Search:ExecutorTimeout=00:00:02.5", "--Search:ShardSamples=4");
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        executor.Script.BeforeScore = (_, _, ends) => gate.PassAsync(ends);
        var id = (await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;
        var armed = time.WaitForTimerAsync(TimeSpan.FromSeconds(2.5));
        await executor.KillAsync();
        await armed;
        time.Advance(TimeSpan.FromSeconds(2.5));

        var failed = await scheduler.Searches.EndAsync(id);

        Assert.Equal(SearchStatus.Failed, failed.Status);
        Assert.Contains("Search:ExecutorTimeout", failed.Error, StringComparison.Ordinal);
        await using var again = await OracleExecutor.StartAsync(scheduler.Address, "e2");
        await scheduler.Searches.ResumeAsync(id);
        AssertDone(await scheduler.Searches.EndAsync(id));
    }

    [Fact]
    public async Task Search_ScoresComeTwice_AreCountedOnce()
    {
        await using var scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        executor.Script.SendsTwice = true;

        var search = await scheduler.Searches.EndAsync((await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);

        AssertDone(search);
        Assert.All(search.Trials, trial => Assert.InRange(trial.SamplesScored, 1, OracleScript.Questions));
        Assert.All(search.Trials, trial => Assert.Equal(trial.SamplesScored * OracleScript.Essential.Length, trial.LayerForwards));
    }

    [Fact]
    public async Task Search_ExecutorJoinsWithoutTheSet_CopiesItFromAHolderAndScores()
    {
        var (gate, joined) = (new Gate(), new Gate());
        await using var scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        await using var holder = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        holder.Script.BeforeScore = (_, _, ends) => gate.PassAsync(ends);
        var id = (await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;
        var script = new OracleScript { BeforeScore = (_, _, ends) => joined.PassAsync(ends) };
        script.Sets.Clear();

        await using var joiner = await OracleExecutor.StartAsync(scheduler.Address, "e2", script);
        await joined.Reached;
        joined.Open();
        gate.Open();

        AssertDone(await scheduler.Searches.EndAsync(id));
        Assert.Equal(holder.Address, script.FetchedFrom.First());
    }

    [Fact]
    public async Task Search_ShardCanNeverBeScored_FailsWithTheExecutorsMessage()
    {
        await using var scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        executor.Script.Fail = _ => new ShardFailed { Code = (int)StatusCode.InvalidArgument, Message = "question 3 has no image" };

        var search = await scheduler.Searches.EndAsync((await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);

        Assert.Equal(SearchStatus.Failed, search.Status);
        Assert.Contains("question 3 has no image", search.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ShardFailsForNow_IsScoredAgain()
    {
        var failures = 0;
        await using var scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        executor.Script.Fail = _ => Interlocked.Increment(ref failures) <= 2
            ? new ShardFailed { Code = (int)StatusCode.Unavailable, Message = "busy" }
            : null;

        var search = await scheduler.Searches.EndAsync((await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);

        AssertDone(search);
        Assert.True(failures > 2);
    }

    [Fact]
    public async Task Search_ShardAlwaysFailsForNow_FailsAfterTheLimit()
    {
        await using var scheduler = await TestScheduler.StartAsync([.. SearchCalls.Quick, "--Search:MaxLosses=3"]);
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        executor.Script.Fail = _ => new ShardFailed { Code = (int)StatusCode.Unavailable, Message = "busy" };

        var search = await scheduler.Searches.EndAsync((await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id);

        Assert.Equal(SearchStatus.Failed, search.Status);
        Assert.Contains("Search:MaxLosses", search.Error, StringComparison.Ordinal);
    }

    private static void AssertDone(SearchMessage search)
    {
        Assert.Equal((SearchStatus.Done, string.Empty), (search.Status, search.Error));
        Assert.Equal(OracleScript.Essential, search.Result.Schedules[0].Counts);
    }
}
