using Fovea.Contracts.Mapping;
using Fovea.Scheduler.Canaries;
using Fovea.Scheduler.Feed;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Policies;
using Fovea.Scheduler.Schedules;
using Fovea.Scheduler.Search;
using Fovea.Scheduler.Search.Fanout;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Search.Running;
using Fovea.Scheduler.Search.Starting;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fovea.Scheduler.Hosting;

/// <summary>Registers what the scheduler is made of and maps its services.</summary>
internal static class SchedulerServices
{
    /// <summary>Adds everything but gRPC itself; a clock that is registered already is kept.</summary>
    public static void AddScheduler(this IServiceCollection services, SchedulerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options.Store).AddSingleton(options.Feed).AddSingleton(options.Plans).AddSingleton(options.Fleet);
        services.AddStore(options.Store);
        services.AddSingleton<SchedulerMetrics>();
        services.AddSingleton<ServingStates>().AddSingleton<KnownModels>();
        services.AddSingleton(_ => new PlanDecider());
        services.AddSingleton<HeldSnapshots>().AddSingleton<PlanAnswerer>().AddSingleton<PlanExplainer>().AddSingleton<PlanContext>();
        services.AddSingleton(new SnapshotHistory(options.Feed.HistorySize)).AddSingleton<ConvergenceTracker>().AddHostedService<ConvergenceWatch>();
        services.AddSingleton<FeedContext>();
        services.AddFleet(options.Store);
        services.AddSingleton<ScheduleWriter>().AddSingleton<TableWriter>().AddSingleton<CostMeasurement>();
        services.AddPolicies();
        services.AddCanaries(options.Canaries);
        services.AddSearch(options);
    }

    /// <summary>Maps the scheduler's services.</summary>
    public static void MapScheduler(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<PlanRpc>();
        endpoints.MapGrpcService<FeedRpc>();
        endpoints.MapGrpcService<PolicyRpc>();
        endpoints.MapGrpcService<ScheduleRpc>();
        endpoints.MapGrpcService<FleetRpc>();
        endpoints.MapGrpcService<SearchRpc>();
    }

    private static void AddSearch(this IServiceCollection services, SchedulerOptions options)
    {
        services.AddSingleton(options.Search);
        services.AddSearchStore(options.Store);
        services.AddSingleton<SearchMetrics>().AddSingleton<CalibrationChannels>().AddSingleton<FanoutTools>();
        services.AddSingleton<FleetSurvey>().AddSingleton<SearchCheck>().AddSingleton<SearchTools>();
        services.AddSingleton<SearchCancels>().AddSingleton<SearchRunners>().AddHostedService(provider => provider.GetRequiredService<SearchRunners>());
    }
}
