using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Fleet;

/// <summary>Registers what knows the executors.</summary>
internal static class FleetServices
{
    /// <summary>Adds the registry of this scheduler's executors, and the board that schedulers of one Redis share.</summary>
    public static void AddFleet(this IServiceCollection services, StoreOptions options)
    {
        services.AddSingleton<FleetRegistry>();
        if (options.Redis.Length > 0)
        {
            services.AddSingleton<RedisFleetBoard>();
            services.AddSingleton<IFleetBoard>(provider => provider.GetRequiredService<RedisFleetBoard>());
            services.AddHostedService(provider => provider.GetRequiredService<RedisFleetBoard>());
        }
        else
        {
            services.AddSingleton<IFleetBoard>(provider => provider.GetRequiredService<FleetRegistry>());
        }
    }
}
