using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Store.Redis;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Search.Journal;

/// <summary>Adds to the contract what several schedulers see of one Redis.</summary>
public sealed class RedisSearchStoreContractTests : SearchStoreContractTests, IClassFixture<RedisFixture>
{
    private readonly List<(RedisSearchStore Store, RedisLink Link)> _open = [];
    private readonly RedisFixture _redis;
    private readonly string _prefix;

    public RedisSearchStoreContractTests(RedisFixture redis) => (_redis, _prefix) = (redis, redis.NextPrefix());

    [Fact]
    public async Task TryLeaseAsync_OtherScheduler_GoesOnWhereTheFirstLeftOff()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await CreateAsync(one, "s1");
        var first = (await one.TryLeaseAsync("s1", Duration, default))!;
        await one.AppendAsync(first, Trial(0), default);
        Assert.Null(await other.TryLeaseAsync("s1", Duration, default));
        await ExpireAsync("s1");

        var second = (await other.TryLeaseAsync("s1", Duration, default))!;
        await other.AppendAsync(second, Trial(1), default);

        Assert.Equal([0, 1], other.Read("s1")!.Trials.Select(tried => tried.Trial.Index));
        await Assert.ThrowsAsync<StaleTokenException>(() => one.AppendAsync(first, Trial(2), default));
        await UntilAsync(one, () => one.Read("s1")!.Trials.Count == 2);
        Assert.Equal(other.Read("s1")!.Head, one.Read("s1")!.Head);
    }

    [Fact]
    public async Task TryLeaseAsync_ManySchedulersAtOnce_OneGetsIt()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));
        await CreateAsync(stores[0], "s1");
        var tokens = new List<long>();
        for (var round = 0; round < 25; round++)
        {
            var leases = await Task.WhenAll(stores.Select(store => store.TryLeaseAsync("s1", Duration, default)));
            var lease = Assert.Single(leases, lease => lease is not null)!;
            var holder = stores[Array.IndexOf(leases, lease)];
            await holder.AppendAsync(lease, Trial(round), default);
            tokens.Add(lease.Token);
            await ExpireAsync("s1");
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(token => (long)token), tokens);
        var last = (await stores[0].TryLeaseAsync("s1", Duration, default))!;
        var record = await stores[0].AppendAsync(last, Trial(25), default);
        Assert.Equal(Enumerable.Range(0, 26), record.Trials.Select(tried => tried.Trial.Index));
    }

    [Fact]
    public async Task TryWishCancelAsync_ByAnotherScheduler_ReachesTheHolder()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await CreateAsync(one, "s1");
        var lease = (await one.TryLeaseAsync("s1", Duration, default))!;
        await UntilAsync(other, () => other.Read("s1") is not null);

        Assert.False(await other.TryWishCancelAsync("s1", lease.Token - 1, default));
        Assert.Equal(lease.Token, other.Read("s1")!.Token);
        Assert.True(await other.TryWishCancelAsync("s1", lease.Token, default));

        Assert.Equal(LeaseState.CancelWished, await one.RenewAsync(lease, Duration, default));
    }

    [Fact]
    public async Task CreateAsync_SameRequestOnTwoSchedulers_MakesOneSearch()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());

        var made = await Task.WhenAll(CreateAsync(one, "s1"), CreateAsync(other, "s2"));

        Assert.Equal(made[0].Id, made[1].Id);
        Assert.Equal(made[0].Id, Assert.Single(other.List()).Id);
    }

    private protected override async Task<ISearchStore> OpenAsync()
    {
        var options = RedisReplica.Options(_redis.Server.Address, "unused", _prefix);
        var link = new RedisLink(options, TimeProvider.System, NullLogger<RedisLink>.Instance);
        var store = new RedisSearchStore(link, options, TimeProvider.System, NullLogger<RedisSearchStore>.Instance);
        _open.Add((store, link));
        await store.OpenAsync(default);
        return store;
    }

    private protected override async Task CloseAsync()
    {
        foreach (var (store, link) in _open)
        {
            await store.DisposeAsync();
            await link.DisposeAsync();
        }

        _open.Clear();
    }

    private protected override Task ExpireAsync(string id) => _redis.Server.CallAsync("HSET", $"{{{_prefix}}}:search:{id}", "until", "1");

    private static async Task UntilAsync(ISearchStore store, Func<bool> isReached)
    {
        while (true)
        {
            var changed = store.Changed;
            if (isReached())
            {
                return;
            }

            await changed.WaitAsync(Limits.Step);
        }
    }
}
