using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Store.Redis;

namespace Fovea.Scheduler.Store;

/// <summary>Registers the store.</summary>
internal static class StoreServices
{
    /// <summary>Adds the store that the options name, and what works on it.</summary>
    public static void AddStore(this IServiceCollection services, StoreOptions options)
    {
        services.AddSingleton<StoreMetrics>().AddSingleton<StoreSeed>().AddSingleton<SnapshotLimit>();
        if (options.Redis.Length > 0)
        {
            services.AddSingleton<RedisLink>().AddSingleton<ISchedulerStore, RedisStore>();
            return;
        }

        services.AddSingleton<ISchedulerStore>(provider =>
        {
            var store = FileStore.Open(
                options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FileStore>>());
            provider.GetRequiredService<StoreMetrics>().Show(() => store.Status);
            return store;
        });
    }
}
