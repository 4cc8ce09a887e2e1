using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;

namespace Fovea.Scheduler.Tests.Store;

/// <summary>Tests which server is used when several are named, and which are refused.</summary>
public sealed class RedisPrimaryTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private RedisServer _primary = null!;
    private RedisServer _replica = null!;

    public async Task InitializeAsync()
    {
        _primary = await RedisServer.StartAsync();
        _replica = await RedisServer.StartAsync($"replicaof 127.0.0.1 {_primary.Port}", "repl-diskless-sync-delay 0");
        await UntilAsync(_replica, "master_link_status:up");
    }

    public async Task DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _primary.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_ReplicaNamedFirst_WritesToThePrimary()
    {
        await using var store = await OpenAsync($"{_replica.Address},{_primary.Address}");

        for (var floor = 1; floor <= 5; floor++)
        {
            Assert.Equal(floor, (await Stores.PutAsync(store.Store, TestPolicies.Full("a", floor))).Revision);
        }

        Assert.Equal(5, (await store.Store.HistoryAsync("a", 10, default)).Count);
        Assert.Equal("5", await _primary.CallAsync("HGET", "{fovea}:head", "revision"));
    }

    [Fact]
    public async Task Open_UserThatMayAskNothing_FindsThePrimary()
    {
        string[] rights = ["ACL", "SETUSER", "scheduler", "on", ">secret", "~{fovea}:*", "&fovea:*", "-@all"];
        string[] commands = ["ping", "echo", "select", "subscribe", "unsubscribe", "eval", "time", "publish", "hget", "hset", "hmget", "hgetall", "hdel", "del", "xadd", "xrange", "xrevrange", "lpush", "lrange", "ltrim", "llen"];
        await _primary.CallAsync([.. rights, .. commands.Select(command => $"+{command}")]);
        await _replica.CallAsync([.. rights, .. commands.Select(command => $"+{command}")]);
        File.WriteAllText(_folder["password"], "secret");

        await using var store = await OpenAsync(
            $"{_replica.Address},{_primary.Address}", options => (options.RedisUser, options.RedisPasswordFile) = ("scheduler", _folder["password"]));

        Assert.Equal(1, (await Stores.PutAsync(store.Store, TestPolicies.Full("a"))).Revision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_OneIsDead_UsesTheOther(bool isDeadFirst)
    {
        await _replica.KillAsync();
        await using var store = await OpenAsync(isDeadFirst ? $"{_replica.Address},{_primary.Address}" : $"{_primary.Address},{_replica.Address}");
        await Stores.PutAsync(store.Store, TestPolicies.Full("a"));
        var before = await ConnectionsAsync();

        Assert.Equal(2, (await Stores.PutAsync(store.Store, TestPolicies.Full("b"))).Revision);
        Assert.True(store.Link.IsUp);
        Assert.Equal(before + 1, await ConnectionsAsync());
    }

    [Fact]
    public async Task Kill_PrimaryAndPromoteTheReplica_GoesOnThere()
    {
        await using var store = await OpenAsync($"{_primary.Address},{_replica.Address}");
        await Stores.PutAsync(store.Store, TestPolicies.Full("a", 7));
        await _primary.CallAsync("WAIT", "1", "10000");

        await _primary.KillAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(store.Store, TestPolicies.Full("b")));
        await _replica.CallAsync("REPLICAOF", "NO", "ONE");
        await store.UntilStatusAsync(status => !status.IsStale);

        Assert.Equal(2, (await Stores.PutAsync(store.Store, TestPolicies.Full("c"))).Revision);
        Assert.Equal(0, store.Regressions);
        Assert.Equal("2", await _replica.CallAsync("HGET", "{fovea}:head", "revision"));
    }

    [Fact]
    public async Task TryCommitAsync_ServersChangePlaces_GoesOnWithTheNewPrimary()
    {
        await using var store = await OpenAsync($"{_primary.Address},{_replica.Address}");
        await Stores.PutAsync(store.Store, TestPolicies.Full("a", 7));
        await _primary.CallAsync("WAIT", "1", "10000");

        await _replica.CallAsync("REPLICAOF", "NO", "ONE");
        await _primary.CallAsync("REPLICAOF", "127.0.0.1", $"{_replica.Port}");
        await UntilAsync(_primary, "master_link_status:up");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(store.Store, TestPolicies.Full("b")));
        await store.UntilStatusAsync(status => !status.IsStale);

        Assert.Equal(2, (await Stores.PutAsync(store.Store, TestPolicies.Full("c"))).Revision);
        Assert.Equal(0, store.Regressions);
    }

    [Fact]
    public async Task Open_OnlyReplicas_IsRefusedAndSaysWhatEachIs()
    {
        var alone = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync(_replica.Address));
        await _primary.KillAsync();
        var both = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync($"{_primary.Address},{_replica.Address}"));

        Assert.Contains($"{_replica.Address} is a replica, which takes no changes", alone.Message, StringComparison.Ordinal);
        Assert.Contains($"{_primary.Address} Connection refused", both.Message, StringComparison.Ordinal);
        Assert.Contains($"{_replica.Address} is a replica, which takes no changes", both.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TwoPrimaries_IsRefused()
    {
        await _replica.CallAsync("REPLICAOF", "NO", "ONE");

        var exception = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync($"{_primary.Address},{_replica.Address}"));

        Assert.Contains($"{_primary.Address} and {_replica.Address} are primaries", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Cluster_IsRefusedByName()
    {
        await using var cluster = await RedisServer.StartAsync(
            port => [$"port {port}", "cluster-enabled yes", $"cluster-port {port - 10_000}"], []);

        var exception = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync(cluster.Address));

        Assert.Contains("Redis Cluster is not supported", exception.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(RedisServer server, string line)
    {
        using var limit = new CancellationTokenSource(Limits.Step);
        while (!(await server.CallAsync("INFO", "replication")).Contains(line, StringComparison.Ordinal))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private async Task<long> ConnectionsAsync() => long.Parse(
        (await _primary.CallAsync("INFO", "stats")).Split('\n').Single(line => line.StartsWith("total_connections_received:", StringComparison.Ordinal)).Split(':')[1],
        System.Globalization.CultureInfo.InvariantCulture);

    private Task<RedisReplica> OpenAsync(string addresses, Action<StoreOptions>? change = null)
    {
        var options = RedisReplica.Options(addresses, _folder[Guid.NewGuid().ToString("N")]);
        (options.ConnectTimeout, options.RedisTimeout) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));
        change?.Invoke(options);
        return RedisReplica.OpenAsync(options);
    }
}
