using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Hosting;

/// <summary>Tests whole schedulers that share one Redis.</summary>
public sealed class RedisSchedulersTests : IAsyncLifetime
{
    private static readonly string[] Quick = ["--Feed:DebounceQuiet=00:00:00", .. SearchCalls.Quick];

    private readonly TempFolder _folder = new();
    private RedisServer _redis = null!;

    public async Task InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _redis.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ApplyPolicy_OnOneScheduler_ReachesTheExecutorsOfTheOther()
    {
        await using var one = await StartAsync("1");
        await using var other = await StartAsync("2");
        await using var executor = await FeedClient.OpenAsync(other, "e1");
        Assert.Equal("default", Assert.Single(executor.First.Snapshot.Policies).Policy.Name);
        await executor.AckAsync(executor.First);

        var applied = await one.ApplyAsync(TestPolicies.Full("a", 7));

        var update = await executor.NextUpdateAsync();
        Assert.Equal((applied.Epoch, applied.Revision), (update.Snapshot.Epoch, update.Snapshot.Revision));
        Assert.Equal(applied, update.Snapshot.Policies.Single(policy => policy.Policy.Name == "a"));
        await executor.AckAsync(update);
        var status = await AppliedAsync(one, applied.Revision);
        Assert.Equal(("e1", applied.Epoch), (status.ExecutorId, status.AppliedEpoch));
    }

    [Fact]
    public async Task ApplyPolicy_SameExpectationOnTwoSchedulers_OneWins()
    {
        await using var one = await StartAsync("1");
        await using var other = await StartAsync("2");

        var attempts = await Task.WhenAll(new[] { one, other }.Select(async (scheduler, number) =>
        {
            try
            {
                await scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a", number + 10), ExpectedRevision = 0 });
                return StatusCode.OK;
            }
            catch (RpcException exception)
            {
                return exception.StatusCode;
            }
        }));

        Assert.Equal([StatusCode.OK, StatusCode.Aborted], attempts.Order());
    }

    [Fact]
    public async Task Start_WithoutRedis_ServesTheCopyAndRefusesChanges()
    {
        await using (var before = await StartAsync("1"))
        {
            await before.ApplyAsync(TestPolicies.Full("a", 7));
        }

        await _redis.KillAsync();
        await using var cold = await StartAsync("1");

        var health = await new Grpc.Health.V1.Health.HealthClient(cold.Channel).CheckAsync(new Grpc.Health.V1.HealthCheckRequest());
        Assert.Equal(Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        await using var executor = await FeedClient.OpenAsync(cold, "e1");
        Assert.Equal(["a", "default"], executor.First.Snapshot.Policies.Select(policy => policy.Policy.Name));
        var exception = await Assert.ThrowsAsync<RpcException>(() => cold.ApplyAsync(TestPolicies.Full("b")));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal("2000", exception.Trailers.GetValue("grpc-retry-pushback-ms"));

        await _redis.StartAgainAsync();
        await UntilAsync(async () => (await cold.ApplyAsync(TestPolicies.Full("b"))).Revision == 3);
    }

    [Fact]
    public async Task ResumeSearch_SchedulerWasKilled_GoesOnOnAnother()
    {
        var gate = new Gate();
        string id;
        await using var other = await StartAsync("2");
        await using (var child = await SchedulerChild.StartAsync(_folder["1"], ["--redis", _redis.Address, "--Search:Lease=00:00:03", .. Quick]))
        {
            await using var executor = await OracleExecutor.StartAsync(child.Address, "e1");
            executor.Script.BeforeScore = (shard, _, ends) => shard.Id > 12 ? gate.PassAsync(ends) : Task.CompletedTask;
            using var channel = child.Connect();
            id = (await new SearchService.SearchServiceClient(channel).BeginAsync(SearchCalls.GSearch())).Id;
            await gate.Reached;
            await other.Searches.WatchUntilAsync(id, update => update.Search.Progress?.TrialsDone > 0);
            await child.KillAsync();
        }

        await using var next = await OracleExecutor.StartAsync(other.Address, "e2");
        await UntilAsync(async () => (await other.Searches.ResumeAsync(id)).FencingToken == 2);
        var done = await other.Searches.EndAsync(id);

        Assert.Equal((SearchStatus.Done, string.Empty), (done.Status, done.Error));
        Assert.Equal(OracleScript.Essential, done.Result.Schedules[0].Counts);
    }

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using var limit = new CancellationTokenSource(Limits.Step);
        while (true)
        {
            try
            {
                if (await isReached())
                {
                    return;
                }
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
            {
                // Not yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<ExecutorStatus> AppliedAsync(TestScheduler scheduler, long revision)
    {
        ExecutorStatus? status = null;
        await UntilAsync(async () =>
        {
            status = (await scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest())).Executors.SingleOrDefault();
            return status?.AppliedRevision == revision;
        });
        return status!;
    }

    private Task<TestScheduler> StartAsync(string folder) => TestScheduler.StartInAsync(_folder[folder], ["--redis", _redis.Address, "--Store:RedisTimeout=00:00:05", .. Quick]);
}
