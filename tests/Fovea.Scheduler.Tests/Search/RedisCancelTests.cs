using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Search;

/// <summary>Tests that a search is cancelled by any of the schedulers that share a Redis.</summary>
public sealed class RedisCancelTests : IAsyncLifetime
{
    private static readonly string[] Quick = ["--Feed:DebounceQuiet=00:00:00", "--Search:Lease=00:00:03", .. SearchCalls.Quick];

    private readonly TempFolder _folder = new();
    private readonly Gate _gate = new();
    private RedisServer _redis = null!;

    public async Task InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _redis.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task CancelSearch_ByAnotherScheduler_EndsItWithItsTrialsAndIsResumedThere()
    {
        await using var owner = await StartAsync("1");
        await using var other = await StartAsync("2");
        string id;
        await using (var executor = await OracleExecutor.StartAsync(owner.Address, "e1"))
        {
            id = await RunAsync(owner.Searches, executor);
            await other.Searches.WatchUntilAsync(id, update => update.Search.Progress?.TrialsDone > 0);

            var cancelled = await other.Searches.CancelAsync(id);

            Assert.Equal((SearchStatus.Cancelled, 1), (cancelled.Status, cancelled.FencingToken));
            Assert.Equal(SearchStatus.Cancelled, (await owner.Searches.EndAsync(id)).Status);
            Assert.Equal(SearchStatus.Cancelled, (await other.Searches.CancelAsync(id)).Status);
        }

        await using var next = await OracleExecutor.StartAsync(other.Address, "e2");
        var kept = (await other.Searches.GetAsync(id)).Trials;
        await other.Searches.ResumeAsync(id);
        var done = await other.Searches.EndAsync(id);
        Assert.Equal((SearchStatus.Done, string.Empty), (done.Status, done.Error));
        Assert.NotEmpty(kept);
        Assert.Equal(kept, done.Trials.Take(kept.Count));
    }

    [Fact]
    public async Task CancelSearch_OwnerWasKilled_IsCancelledOnceItsLeaseIsOver()
    {
        await using var other = await StartAsync("2");
        string id;
        await using (var child = await StartChildAsync("1"))
        {
            await using var executor = await OracleExecutor.StartAsync(child.Address, "e1");
            using var channel = child.Connect();
            id = await RunAsync(new SearchService.SearchServiceClient(channel), executor);
            await other.Searches.WatchUntilAsync(id, update => update.Search.Progress?.TrialsDone > 0);
            await child.KillAsync();
        }

        var cancelled = await other.Searches.CancelAsync(id);

        Assert.Equal((SearchStatus.Cancelled, 2), (cancelled.Status, cancelled.FencingToken));
        Assert.NotEmpty((await other.Searches.GetAsync(id)).Trials);
    }

    [Fact]
    public async Task CancelSearch_CallerLeaves_IsCancelledAllTheSame()
    {
        await using var other = await StartAsync("2");
        string id;
        await using (var child = await StartChildAsync("1"))
        {
            await using var executor = await OracleExecutor.StartAsync(child.Address, "e1");
            using var channel = child.Connect();
            id = await RunAsync(new SearchService.SearchServiceClient(channel), executor);
            await other.Searches.WatchUntilAsync(id, _ => true);
            await child.KillAsync();
        }

        var left = await Assert.ThrowsAsync<RpcException>(async () => await other.Searches.CancelSearchAsync(
            new CancelSearchRequest { Id = id }, deadline: DateTime.UtcNow.AddMilliseconds(200)));

        Assert.Equal(StatusCode.DeadlineExceeded, left.StatusCode);
        Assert.Equal(SearchStatus.Cancelled, (await other.Searches.EndAsync(id)).Status);
    }

    [Fact]
    public async Task Start_SearchWhoseDeadOwnerWasAskedToCancel_IsCancelled()
    {
        string id;
        await using (var other = await StartAsync("2", "--Search:Lease=01:00:00"))
        {
            await using var child = await StartChildAsync("1", "--Search:Lease=01:00:00");
            await using var executor = await OracleExecutor.StartAsync(child.Address, "e1");
            using var channel = child.Connect();
            id = await RunAsync(new SearchService.SearchServiceClient(channel), executor);
            await other.Searches.WatchUntilAsync(id, _ => true);
            await child.KillAsync();
            var cancel = other.Searches.CancelAsync(id);
            await UntilAsync(async () => await _redis.CallAsync("HGET", Key(id), "cancel") == "1");
            await other.App.StopAsync();
            Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => cancel)).StatusCode);
        }

        await _redis.CallAsync("HSET", Key(id), "until", "1");
        await using var next = await StartAsync("3");

        Assert.Equal(SearchStatus.Cancelled, (await next.Searches.GetAsync(id)).Status);
    }

    [Fact]
    public async Task CancelSearch_TakenUpAgainMeanwhile_IsAborted()
    {
        await using var other = await StartAsync("2", "--Search:Lease=01:00:00");
        await using var child = await StartChildAsync("1", "--Search:Lease=01:00:00");
        await using var executor = await OracleExecutor.StartAsync(child.Address, "e1");
        using var channel = child.Connect();
        var id = await RunAsync(new SearchService.SearchServiceClient(channel), executor);
        await other.Searches.WatchUntilAsync(id, _ => true);
        await child.KillAsync();
        var cancel = other.Searches.CancelAsync(id);
        await UntilAsync(async () => await _redis.CallAsync("HGET", Key(id), "cancel") == "1");

        await using var third = await StartAsync("3", "--Search:Lease=01:00:00");
        await _redis.CallAsync("HSET", Key(id), "until", "1");
        await third.Searches.ResumeAsync(id);

        Assert.Equal(StatusCode.Aborted, (await Assert.ThrowsAsync<RpcException>(() => cancel)).StatusCode);
        Assert.Equal(SearchStatus.Running, (await third.Searches.GetAsync(id)).Status);
    }

    private static string Key(string id) => $"{{fovea}}:search:{id}";

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using var limit = new CancellationTokenSource(Limits.Step);
        while (!await isReached())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static Task PassAsync(Gate gate, long shard, CancellationToken ends) => shard > 12 ? gate.PassAsync(ends) : Task.CompletedTask;

    /// <summary>Begins a search that stops in the middle.</summary>
    private async Task<string> RunAsync(SearchService.SearchServiceClient searches, OracleExecutor executor)
    {
        executor.Script.BeforeScore = (shard, _, ends) => PassAsync(_gate, shard.Id, ends);
        var id = (await searches.BeginAsync(SearchCalls.GSearch())).Id;
        await _gate.Reached;
        return id;
    }

    private Task<SchedulerChild> StartChildAsync(string folder, params string[] more) =>
        SchedulerChild.StartAsync(_folder[folder], ["--redis", _redis.Address, .. Quick, .. more]);

    private Task<TestScheduler> StartAsync(string folder, params string[] more) =>
        TestScheduler.StartInAsync(_folder[folder], ["--redis", _redis.Address, "--Store:RedisTimeout=00:00:05", .. Quick, .. more]);
}
