using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Store.Redis;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Fleet;

public sealed class RedisFleetBoardTests : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private readonly List<(RedisFleetBoard Board, RedisLink Link)> _open = [];
    private readonly RedisFixture _redis;
    private readonly string _prefix;

    public RedisFleetBoardTests(RedisFixture redis) => (_redis, _prefix) = (redis, redis.NextPrefix());

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var (board, link) in _open)
        {
            await board.StopAsync(default);
            await link.DisposeAsync();
        }
    }

    [Fact]
    public async Task List_ExecutorsOfTwoSchedulers_ShowsAllOnBoth()
    {
        var (one, first) = await OpenAsync();
        var (other, second) = await OpenAsync();

        first.Connect(FeedClient.Subscription("e1"));
        second.Connect(FeedClient.Subscription("e2"));

        await UntilAsync(one, list => list.Count == 2);
        var shown = await UntilAsync(other, list => list.Count == 2);
        Assert.Equal(["e1", "e2"], shown.Select(status => status.ExecutorId));
        Assert.All(shown, status => Assert.True(status.Connected));
    }

    [Fact]
    public async Task List_AcknowledgedElsewhere_ShowsTheRevision()
    {
        var (_, first) = await OpenAsync();
        var (other, _) = await OpenAsync();
        var session = first.Connect(FeedClient.Subscription("e1"))!;
        await UntilAsync(other, list => list.Count == 1);

        var nonce = session.Push(new SnapshotId("e", 7, "d"), isWhole: true);
        Assert.True(session.Acknowledge(new Ack { Nonce = nonce, Epoch = "e", Revision = 7, Digest = "d" }));

        Assert.Equal("e", (await UntilAsync(other, list => list[0].AppliedRevision == 7))[0].AppliedEpoch);
    }

    [Fact]
    public async Task List_ExecutorMoved_ShowsTheSchedulerThatHeardItLast()
    {
        var (one, first) = await OpenAsync();
        var (other, second) = await OpenAsync();
        var session = first.Connect(FeedClient.Subscription("e1", address: "http://10.0.0.1:1"))!;
        await UntilAsync(other, list => list.Count == 1);

        first.Disconnect(session);
        second.Connect(FeedClient.Subscription("e1", address: "http://10.0.0.1:2"));

        Assert.True((await UntilAsync(one, list => list[0].Address == "http://10.0.0.1:2"))[0].Connected);
        Assert.Equal("http://10.0.0.1:2", other.List()[0].Address);
    }

    [Fact]
    public async Task StopAsync_Scheduler_TakesItsExecutorsOffTheBoard()
    {
        var (one, first) = await OpenAsync();
        var (other, _) = await OpenAsync();
        first.Connect(FeedClient.Subscription("e1"));
        await UntilAsync(other, list => list.Count == 1);

        await one.StopAsync(default);

        Assert.Empty(await UntilAsync(other, list => list.Count == 0));
    }

    [Fact]
    public async Task Publish_Scheduler_ExpiresByItself()
    {
        var (one, first) = await OpenAsync();
        first.Connect(FeedClient.Subscription("e1"));
        var (other, _) = await OpenAsync();
        await UntilAsync(other, list => list.Count == 1);

        var keys = (await _redis.Server.CallAsync("KEYS", $"{{{_prefix}}}:executors:*")).Split('\n');

        Assert.NotEmpty(one.List());
        foreach (var key in keys)
        {
            Assert.InRange(long.Parse(await _redis.Server.CallAsync("PTTL", key), System.Globalization.CultureInfo.InvariantCulture), 1, 15_000);
        }
    }

    private static async Task<IReadOnlyList<ExecutorStatus>> UntilAsync(RedisFleetBoard board, Func<IReadOnlyList<ExecutorStatus>, bool> isReached)
    {
        while (true)
        {
            var changed = board.Changed;
            var list = board.List();
            if (isReached(list))
            {
                return list;
            }

            await changed.WaitAsync(Limits.Step);
        }
    }

    private async Task<(RedisFleetBoard Board, FleetRegistry Local)> OpenAsync()
    {
        var options = RedisReplica.Options(_redis.Server.Address, "unused", _prefix);
        var local = new FleetRegistry(new FleetOptions(), TimeProvider.System, NullLogger<FleetRegistry>.Instance);
        var link = new RedisLink(options, TimeProvider.System, NullLogger<RedisLink>.Instance);
        var board = new RedisFleetBoard(local, link, options, TimeProvider.System);
        _open.Add((board, link));
        await board.StartAsync(default);
        return (board, local);
    }
}
