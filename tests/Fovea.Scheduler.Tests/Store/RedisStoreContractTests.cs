using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;

namespace Fovea.Scheduler.Tests.Store;

public sealed class RedisStoreContractTests : StoreContractTests, IClassFixture<RedisFixture>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RedisFixture _redis;
    private readonly string _prefix;
    private RedisReplica? _open;

    public RedisStoreContractTests(RedisFixture redis) => (_redis, _prefix) = (redis, redis.NextPrefix());

    public void Dispose() => _folder.Dispose();

    private protected override async Task<ISchedulerStore> OpenAsync(int historyLimit = 100)
    {
        var options = RedisReplica.Options(_redis.Server.Address, _folder.Path, _prefix);
        options.HistoryLimit = historyLimit;
        _open = await RedisReplica.OpenAsync(options);
        return _open.Store;
    }

    private protected override async Task CloseAsync()
    {
        if (_open is not null)
        {
            await _open.DisposeAsync();
        }
    }
}
