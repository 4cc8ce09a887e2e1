using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;

namespace Fovea.Scheduler.Tests.Store;

/// <summary>Tests what a scheduler does while Redis is away, and after.</summary>
public sealed class RedisOutageTests : IAsyncLifetime
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
    public async Task Kill_AndRestart_LosesNothingAndGoesOn()
    {
        await using var one = await OpenAsync("1");
        await using var other = await OpenAsync("2");
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));

        await _redis.KillAsync();
        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(one.Store, TestPolicies.Full("a", 8)));
        var stale = await other.UntilStatusAsync(status => status.IsStale);
        Assert.Contains(_redis.Address, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_redis.Address, stale.Reason, StringComparison.Ordinal);
        Assert.True(stale.StaleFor > TimeSpan.Zero);
        Assert.Equal(7, one.Store.Current.Policies["a"].Policy.Floor);
        Assert.False(other.Link.IsUp);

        await _redis.StartAgainAsync();
        await one.UntilStatusAsync(status => !status.IsStale);
        Assert.Equal(2, (await Stores.PutAsync(one.Store, TestPolicies.Full("a", 9))).Revision);
        await other.UntilAsync(state => state.Revision == 2);
        Assert.True(other.Link.IsUp);
        Assert.Equal(0, one.Regressions + other.Regressions);
    }

    [Fact]
    public async Task Pause_AndResume_ReadsGoOnAndWritesSayNo()
    {
        await using var one = await OpenAsync("1", options => options.RedisTimeout = TimeSpan.FromSeconds(2));
        await Stores.PutAsync(one.Store, TestPolicies.Full("a", 7));

        _redis.Pause();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(one.Store, TestPolicies.Full("b")));
        Assert.True(one.Store.Status.IsStale);
        Assert.Equal(7, one.Store.Current.Policies["a"].Policy.Floor);

        _redis.Resume();
        await one.UntilStatusAsync(status => !status.IsStale);
        await Stores.PutAsync(one.Store, TestPolicies.Full("c"));
        Assert.Contains("c", one.Store.Current.Policies.Keys);
        Assert.Equal(0, one.Regressions);
    }

    [Fact]
    public async Task Open_WithoutRedis_ServesTheCopyAsStaleUntilItIsBack()
    {
        await using (var before = await OpenAsync("1"))
        {
            await Stores.PutAsync(before.Store, TestPolicies.Full("a", 7));
        }

        await _redis.KillAsync();
        await using var cold = await OpenAsync("1");
        Assert.Equal(7, cold.Store.Current.Policies["a"].Policy.Floor);
        Assert.True(cold.Store.Status.IsStale);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(cold.Store, TestPolicies.Full("b")));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => cold.Store.HistoryAsync("a", 1, default));

        await _redis.StartAgainAsync();
        await cold.UntilStatusAsync(status => !status.IsStale);
        Assert.Equal(2, (await Stores.PutAsync(cold.Store, TestPolicies.Full("b"))).Revision);
    }

    [Fact]
    public async Task Open_WithoutRedisAndCopy_FailsAndNamesTheFault()
    {
        await _redis.KillAsync();

        var exception = await Assert.ThrowsAsync<StoreOpenException>(
            () => OpenAsync("1", options => options.ConnectTimeout = TimeSpan.FromMilliseconds(100)));

        Assert.Contains(_redis.Address, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Store:ConnectTimeout", exception.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["1"], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_RedisComesLate_Waits()
    {
        await _redis.KillAsync();
        var opening = OpenAsync("1", options => options.ConnectTimeout = Limits.Step);

        await _redis.StartAgainAsync();

        await using var one = await opening;
        Assert.Equal(StoreStatus.Fresh, one.Store.Status);
    }

    [Fact]
    public async Task Status_ColdStart_CountsFromWhenTheCopyWasTheNewest()
    {
        await using (await OpenAsync("1"))
        {
            await _redis.KillAsync();
        }

        File.SetLastWriteTimeUtc(Path.Combine(_folder["1"], "redis-copy.json"), DateTime.UtcNow.AddHours(-1));
        await using var cold = await OpenAsync("1");

        Assert.InRange(cold.Store.Status.StaleFor, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
    }

    private Task<RedisReplica> OpenAsync(string folder, Action<StoreOptions>? change = null)
    {
        var options = RedisReplica.Options(_redis.Address, _folder[folder]);
        change?.Invoke(options);
        return RedisReplica.OpenAsync(options);
    }
}
