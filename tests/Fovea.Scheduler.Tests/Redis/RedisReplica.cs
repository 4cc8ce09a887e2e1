using System.Diagnostics.Metrics;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Store.Redis;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Redis;

/// <summary>Is one scheduler's store in Redis, without a scheduler around it.</summary>
internal sealed class RedisReplica : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StoreMetrics _metrics;

    private RedisReplica(StoreOptions options, TimeProvider time)
    {
        Link = new RedisLink(options, time, NullLogger<RedisLink>.Instance);
        _metrics = new StoreMetrics(_services.GetRequiredService<IMeterFactory>());
        Store = new RedisStore(options, Link, _metrics, time, NullLogger<RedisStore>.Instance);
    }

    public RedisLink Link { get; }

    public RedisStore Store { get; }

    public long Regressions => _metrics.Regressions;

    /// <summary>Returns options with limits that let a test end soon.</summary>
    public static StoreOptions Options(string address, string folder, string prefix = "fovea") => new()
    {
        Redis = address,
        Folder = folder,
        RedisKeyPrefix = prefix,
        RedisTimeout = TimeSpan.FromSeconds(5),
        PollInterval = TimeSpan.FromMilliseconds(100),
    };

    public static async Task<RedisReplica> OpenAsync(StoreOptions options, TimeProvider? time = null)
    {
        var replica = new RedisReplica(options, time ?? TimeProvider.System);
        try
        {
            await replica.Store.OpenAsync(CancellationToken.None).WaitAsync(Limits.Step);
            return replica;
        }
        catch
        {
            await replica.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes once the store's state is as wanted.</summary>
    public async Task<StoreState> UntilAsync(Func<StoreState, bool> isReached)
    {
        using var limit = new CancellationTokenSource(Limits.Step);
        var state = Store.Current;
        while (!isReached(state))
        {
            state = await Store.WaitForChangeAsync(state, limit.Token);
        }

        return state;
    }

    /// <summary>Completes once the store's status is as wanted.</summary>
    public async Task<StoreStatus> UntilStatusAsync(Func<StoreStatus, bool> isReached)
    {
        using var limit = new CancellationTokenSource(Limits.Step);
        while (!isReached(Store.Status))
        {
            Assert.False(limit.IsCancellationRequested, $"the status is {Store.Status}");
            await Task.Delay(10);
        }

        return Store.Status;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Link.DisposeAsync();
        await _services.DisposeAsync();
    }
}
