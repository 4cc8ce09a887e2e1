using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Registers the store of searches.</summary>
internal static class SearchStoreServices
{
    /// <summary>Adds the store of searches that belongs to the store that the options name.</summary>
    public static void AddSearchStore(this IServiceCollection services, StoreOptions options)
    {
        if (options.Redis.Length > 0)
        {
            services.AddSingleton<ISearchStore, RedisSearchStore>();
            return;
        }

        services.AddSingleton<ISearchStore>(provider =>
        {
            // The journals lie in the folder that the store's lock owns, so the store is opened first.
            _ = provider.GetRequiredService<ISchedulerStore>();
            return FileSearchStore.Open(
                options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FileSearchStore>>());
        });
    }
}
