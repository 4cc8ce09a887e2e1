using System.Collections.Concurrent;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;

namespace Fovea.Scheduler.Tests.Store;

/// <summary>Tests what several schedulers see of one Redis that works.</summary>
public sealed class RedisStoreTests : IClassFixture<RedisFixture>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RedisFixture _redis;
    private readonly string _prefix;

    public RedisStoreTests(RedisFixture redis) => (_redis, _prefix) = (redis, redis.NextPrefix());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_SeveralAtOnce_MakeOneEpoch()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => OpenAsync($"{number}")));

        Assert.Single(replicas.Select(replica => replica.Store.Current.Epoch).Distinct());
        await DisposeAsync(replicas);
    }

    [Fact]
    public async Task Commit_OnOneReplica_IsSeenByTheOthersByHint()
    {
        // Longer than the limit of the test: only the hint can be in time.
        await using var one = await OpenAsync("1", options => options.PollInterval = TimeSpan.FromSeconds(5));
        await using var other = await OpenAsync("2", options => options.PollInterval = TimeSpan.FromHours(1));

        await _redis.Server.SubscribedAsync($"{_prefix}:0:changes", 2);

        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));

        Assert.Equal(7, (await other.UntilAsync(state => state.Revision == 1)).Policies["a"].Policy.Floor);
        Assert.Equal(one.Store.Current.Policies["a"], other.Store.Current.Policies["a"]);
    }

    [Fact]
    public async Task UpdateAsync_WritersOnThreeReplicas_EachGenerationIsWonOnce()
    {
        const int Changes = 15;
        var replicas = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => OpenAsync($"{number}")));
        var generations = new ConcurrentBag<long>();

        await Task.WhenAll(replicas.SelectMany(replica => Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var change = 0; change < Changes; change++)
            {
                var state = await replica.Store.UpdateAsync(
                    current => new StoreChange.PutPolicy(TestPolicies.Full("counter", (current.Policies.GetValueOrDefault("counter")?.Policy.Floor ?? 0) + 1)),
                    default);
                generations.Add(state.Generation);
            }
        }))));

        var all = replicas.Length * 2 * Changes;
        Assert.Equal(Enumerable.Range(1, all).Select(number => (long)number), generations.Order());
        foreach (var replica in replicas)
        {
            Assert.Equal(all, (await replica.UntilAsync(state => state.Generation == all)).Policies["counter"].Policy.Floor);
        }

        Assert.Equal(0, replicas.Sum(replica => replica.Regressions));
        await DisposeAsync(replicas);
    }

    [Fact]
    public async Task Open_FarBehind_ReadsTheWholeState()
    {
        await using (var behind = await OpenAsync("1"))
        {
            await Stores.PutAsync(behind.Store, TestPolicies.Full("first"));
        }

        await using var other = await OpenAsync("2");
        for (var change = 1; change <= 600; change++)
        {
            await Stores.PutAsync(other.Store, TestPolicies.Full("a", change));
        }

        await using var again = await OpenAsync("1");
        Assert.Equal((601, 600), (again.Store.Current.Revision, again.Store.Current.Policies["a"].Policy.Floor));
        Assert.Equal(["a", "first"], again.Store.Current.Policies.Keys);
    }

    [Fact]
    public async Task Open_OtherPrefixOrDatabase_SharesNothing()
    {
        await using var one = await OpenAsync("1");
        await using var prefix = await OpenAsync("2", options => options.RedisKeyPrefix += "-other");
        await using var database = await OpenAsync("3", options => options.RedisDatabase = 3);

        await Stores.PutAsync(one.Store, TestPolicies.Full("a"));
        await Stores.PutAsync(database.Store, TestPolicies.Full("b"));

        Assert.Equal(0, prefix.Store.Current.Revision);
        Assert.Equal(["b"], database.Store.Current.Policies.Keys);
    }

    [Fact]
    public async Task Open_FolderInUse_NamesTheOwner()
    {
        await using var one = await OpenAsync("1");

        var exception = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync("1"));

        Assert.Contains($"in use by process {Environment.ProcessId}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DamagedCopy_IsReadAnew()
    {
        await using (var one = await OpenAsync("1"))
        {
            await Stores.PutAsync(one.Store, TestPolicies.Full("a"));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder["1"], "redis-copy.json"), "damaged");

        await using var again = await OpenAsync("1");
        Assert.Equal(1, again.Store.Current.Revision);
    }

    [Fact]
    public async Task Follow_PolicyOfANewerVersion_IsNotServedAndSaid()
    {
        await using var one = await OpenAsync("1");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a"));
        var key = $"{{{_prefix}}}:";
        await _redis.Server.CallAsync("XADD", key + "log", "2-1", "kind", "Policy", "name", "a", "body", "{\"future\":1}", "version", "", "revision", "2", "stamp", "x");
        await _redis.Server.CallAsync("HSET", key + "head", "generation", "2", "revision", "2", "stamp", "x");

        var status = await one.UntilStatusAsync(status => status.IsStale);

        Assert.Contains("cannot read", status.Reason, StringComparison.Ordinal);
        Assert.Equal(1, one.Store.Current.Revision);
        Assert.Equal(0, one.Regressions);
    }

    [Fact]
    public async Task TryCommitAsync_FenceOfAnOlderLease_IsRefused()
    {
        await using var one = await OpenAsync("1");
        await _redis.Server.CallAsync("HSET", $"{{{_prefix}}}:search:s1", "token", "2");
        var change = new StoreChange.PutPolicy(TestPolicies.Full("a"));

        await Assert.ThrowsAsync<FencedException>(() => one.Store.TryCommitAsync(one.Store.Current, change with { Fence = new("s1", 1) }, default));
        Assert.Equal(0, one.Store.Current.Revision);

        Assert.NotNull(await one.Store.TryCommitAsync(one.Store.Current, change with { Fence = new("s1", 2) }, default));
    }

    private Task<RedisReplica> OpenAsync(string folder, Action<StoreOptions>? change = null)
    {
        var options = RedisReplica.Options(_redis.Server.Address, _folder[folder], _prefix);
        change?.Invoke(options);
        return RedisReplica.OpenAsync(options);
    }

    private static async Task DisposeAsync(IEnumerable<RedisReplica> replicas)
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }
}
