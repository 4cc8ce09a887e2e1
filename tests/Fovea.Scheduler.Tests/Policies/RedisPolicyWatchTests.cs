using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Policies;

/// <summary>Tests that a watcher of one scheduler sees what is changed through another on the same Redis.</summary>
public sealed class RedisPolicyWatchTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private RedisServer _redis = null!;

    public async Task InitializeAsync() => _redis = await RedisServer.StartAsync("user deaf on >secret allcommands allkeys resetchannels");

    public async Task DisposeAsync()
    {
        await _redis.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task WatchPolicies_ChangedThroughTwoOthers_ComesInOrderOnceEach()
    {
        const int Changes = 25;
        await using var watched = await StartAsync("1");
        await using var one = await StartAsync("2");
        await using var two = await StartAsync("3");
        using var watch = PolicyEvents.Open(watched);
        var start = (await watch.PassInitialAsync()).Revision;

        await Task.WhenAll(ApplyAsync(one, "a", Changes), ApplyAsync(two, "b", Changes));
        await one.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a", Reason = "done" });

        var events = await watch.UntilAsync(start + (2 * Changes) + 1);
        Assert.Equal(Enumerable.Range((int)start + 1, (2 * Changes) + 1).Select(revision => (long)revision), events.Select(next => next.Revision));
        Assert.Equal(Enumerable.Range(1, Changes), events.Where(next => next.Change.Name == "b").Select(next => next.Change.Policy.Policy.Floor));
        Assert.Equal(("a", PolicyAction.Deleted, "done"), (events[^1].Change.Name, events[^1].Change.Action, events[^1].Change.Reason));
    }

    [Fact]
    public async Task WatchPolicies_EveryHintIsLost_ComesInOrderOnceEach()
    {
        await File.WriteAllTextAsync(_folder["password"], "secret");
        await using var watched = await StartAsync("1", "--Store:RedisUser=deaf", $"--Store:RedisPasswordFile={_folder["password"]}", "--Store:PollInterval=00:00:00.100");
        await using var other = await StartAsync("2");
        using var watch = PolicyEvents.Open(watched);
        var start = (await watch.PassInitialAsync()).Revision;

        await ApplyAsync(other, "a", 10);

        Assert.Equal("fovea:0:changes\n1", await _redis.CallAsync("PUBSUB", "NUMSUB", "fovea:0:changes"));
        Assert.Equal(Enumerable.Range(1, 10), (await watch.UntilAsync(start + 10)).Select(next => next.Change.Policy.Policy.Floor));
    }

    [Fact]
    public async Task WatchPolicies_RedisIsKilledAndStartedAgain_GoesOnWithoutAGap()
    {
        await using var watched = await StartAsync("1");
        await using var other = await StartAsync("2");
        using var watch = PolicyEvents.Open(watched);
        var start = (await watch.PassInitialAsync()).Revision;
        await ApplyAsync(other, "a", 3);
        var events = await watch.UntilAsync(start + 3);

        await _redis.KillAsync();
        await Assert.ThrowsAsync<RpcException>(() => other.ApplyAsync(TestPolicies.Full("a", 4)));
        await _redis.StartAgainAsync();
        await ApplyAgainAsync(other, TestPolicies.Full("a", 5));
        await ApplyAgainAsync(watched, TestPolicies.Full("a", 6));

        events.AddRange(await watch.UntilAsync(start + 5));
        Assert.Equal([1, 2, 3, 5, 6], events.Select(next => next.Change.Policy.Policy.Floor));
        Assert.Equal(Enumerable.Range((int)start + 1, 5).Select(revision => (long)revision), events.Select(next => next.Revision));
    }

    private static async Task ApplyAsync(TestScheduler scheduler, string name, int changes)
    {
        for (var floor = 1; floor <= changes; floor++)
        {
            await scheduler.ApplyAsync(TestPolicies.Full(name, floor));
        }
    }

    /// <summary>Applies once Redis is there again for the scheduler.</summary>
    private static async Task ApplyAgainAsync(TestScheduler scheduler, Policy policy)
    {
        using var limit = new CancellationTokenSource(Limits.Step);
        while (true)
        {
            try
            {
                await scheduler.ApplyAsync(policy);
                return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    private Task<TestScheduler> StartAsync(string folder, params string[] more) => TestScheduler.StartInAsync(
        _folder[folder], ["--redis", _redis.Address, "--Store:RedisTimeout=00:00:05", "--Feed:DebounceQuiet=00:00:00", .. more]);
}
