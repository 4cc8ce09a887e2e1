using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;

namespace Fovea.Scheduler.Tests.Store;

/// <summary>Tests that a Redis that lost what it had acknowledged is not obeyed, and how it is brought back.</summary>
public sealed class RedisRegressionTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private RedisServer _redis = null!;

    public async Task InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _redis.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Restart_Empty_IsNotObeyedUntilANewEpoch()
    {
        await using var one = await OpenAsync("1");
        await using var other = await OpenAsync("2");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));
        var held = await other.UntilAsync(state => state.Revision == 1);

        await _redis.KillAsync();
        _redis.Empty();
        await _redis.StartAgainAsync();
        await other.UntilStatusAsync(status => status.Reason.Contains("is empty", StringComparison.Ordinal));
        await RequireRefusedAsync(other);
        Assert.Same(held, other.Store.Current);

        await one.DisposeAsync();
        await using var mended = await OpenAsync("1", newEpoch: true);
        await RequireFollowedAsync(mended, other, held);
    }

    [Fact]
    public async Task Restart_FromAnOlderCopy_IsNotObeyedUntilANewEpoch()
    {
        await using var one = await OpenAsync("1");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 1));
        await _redis.KillAsync();
        _redis.Save();
        await _redis.StartAgainAsync();
        await one.UntilStatusAsync(status => !status.IsStale);
        await using var other = await OpenAsync("2");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));
        var held = await other.UntilAsync(state => state.Revision == 2);

        await RestoreAsync();
        await other.UntilStatusAsync(status => status.Reason.Contains("revision 1", StringComparison.Ordinal));
        await RequireRefusedAsync(other);

        await one.DisposeAsync();
        await using var mended = await OpenAsync("1", newEpoch: true);
        await RequireFollowedAsync(mended, other, held);
    }

    [Fact]
    public async Task Restart_FromAnOlderCopyThatOthersWroteOn_IsNotObeyed()
    {
        await using var one = await OpenAsync("1");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 1));
        await _redis.KillAsync();
        _redis.Save();
        await _redis.StartAgainAsync();
        await one.UntilStatusAsync(status => !status.IsStale);
        var held = await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));

        await _redis.KillAsync();
        _redis.Restore();
        await _redis.StartAgainAsync();
        await using var ignorant = await OpenAsync("new");
        for (var floor = 20; floor < 25; floor++)
        {
            await Stores.PutAsync(ignorant.Store, TestPolicies.Full("a", floor));
        }

        await one.UntilStatusAsync(status => status.Reason.Contains("revision 6", StringComparison.Ordinal));
        await RequireRefusedAsync(one);
        Assert.Equal(held.Policies["a"], one.Store.Current.Policies["a"]);
    }

    [Fact]
    public async Task Open_AfterARestartFromAnOlderCopy_KeepsToTheCopyOnDisk()
    {
        await using (var one = await OpenAsync("1"))
        {
            await Stores.PutAsync(one.Store, TestPolicies.Full("a", 1));
            await _redis.KillAsync();
            _redis.Save();
            await _redis.StartAgainAsync();
            await one.UntilStatusAsync(status => !status.IsStale);
            await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));
        }

        await RestoreAsync();
        await using var cold = await OpenAsync("1");

        Assert.Equal(7, cold.Store.Current.Policies["a"].Policy.Floor);
        await RequireRefusedAsync(cold);
    }

    [Fact]
    public async Task Restart_WithTheRightDataAgain_IsObeyedAgain()
    {
        await using var one = await OpenAsync("1");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));
        await _redis.KillAsync();
        _redis.Save();
        _redis.Empty();
        await _redis.StartAgainAsync();
        await one.UntilStatusAsync(status => status.Reason.Contains("is empty", StringComparison.Ordinal));

        await RestoreAsync();

        await one.UntilStatusAsync(status => !status.IsStale);
        Assert.Equal(2, (await Stores.PutAsync(one.Store, TestPolicies.Full("b"))).Revision);
    }

    [Fact]
    public async Task OpenNewEpoch_WithoutACopy_BeginsWithWhatRedisHolds()
    {
        await using var one = await OpenAsync("1");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));
        var held = one.Store.Current;

        await using var mended = await OpenAsync("2", newEpoch: true);

        await RequireFollowedAsync(mended, one, held);
        Assert.Equal(2, (await mended.Store.HistoryAsync("a", 10, default)).Count(version => version.Policy.Policy.Floor >= 7));
    }

    [Fact]
    public async Task OpenNewEpoch_WithoutRedis_IsRefused()
    {
        await using (await OpenAsync("1"))
        {
            await _redis.KillAsync();
        }

        var exception = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync("1", newEpoch: true));

        Assert.Contains("a new epoch needs it", exception.Message, StringComparison.Ordinal);
    }

    private static async Task RequireRefusedAsync(RedisReplica replica)
    {
        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(replica.Store, TestPolicies.Full("b")));

        Assert.Contains("--store-new-epoch", exception.Message, StringComparison.Ordinal);
        Assert.True(replica.Regressions > 0);
        Assert.DoesNotContain("b", replica.Store.Current.Policies.Keys);
    }

    private static async Task RequireFollowedAsync(RedisReplica mended, RedisReplica other, StoreState held)
    {
        Assert.True(string.CompareOrdinal(mended.Store.Current.Epoch, held.Epoch) > 0);
        Assert.True(mended.Store.Current.Revision > held.Revision);
        Assert.Equal(held.Policies["a"].Policy, mended.Store.Current.Policies["a"].Policy);
        await other.UntilAsync(state => state.Epoch == mended.Store.Current.Epoch);
        var committed = await Stores.PutAsync(other.Store, TestPolicies.Full("a", 99));
        await mended.UntilAsync(state => state.Revision == committed.Revision);
        Assert.False(other.Store.Status.IsStale);
        Assert.Equal(99, mended.Store.Current.Policies["a"].Policy.Floor);
    }

    private async Task RestoreAsync()
    {
        await _redis.KillAsync();
        _redis.Restore();
        await _redis.StartAgainAsync();
    }

    private Task<RedisReplica> OpenAsync(string folder, bool newEpoch = false)
    {
        var options = RedisReplica.Options(_redis.Address, _folder[folder]);
        (options.NewEpoch, options.ConnectTimeout) = (newEpoch, TimeSpan.FromMilliseconds(500));
        return RedisReplica.OpenAsync(options);
    }
}
