using Fovea.Contracts.V1;
using Fovea.Executor.Canaries;
using Fovea.Executor.Metrics;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Planning;

/// <summary>Registers planning.</summary>
internal static class PlanningServices
{
    /// <summary>Adds plans and snapshots; without a scheduler no stream is opened.</summary>
    /// <param name="services">The container.</param>
    /// <param name="identity">Gives the executor's identity once the model is loaded and the port is bound.</param>
    public static IServiceCollection AddPlanning(
        this IServiceCollection services, Func<IServiceProvider, Func<CancellationToken, Task<ExecutorIdentity>>> identity)
    {
        services.AddOptions<PlanningOptions>().BindConfiguration(PlanningOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlanningOptions>, PlanningOptionsValidator>();
        services.AddSingleton(provider => new SnapshotStore(
            OpenFile(provider),
            provider.GetRequiredService<ExecutorMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SnapshotStore>>()));
        services.AddSingleton<SchedulerLink>();
        services.AddSingleton(provider => SchedulerChannel.Open(Options(provider)));
        services.AddSingleton(provider => new LocalPlanner(
            provider.GetRequiredService<SnapshotStore>(),
            Options(provider).IsAlone,
            provider.GetRequiredService<ILogger<LocalPlanner>>()));
        services.AddSingleton(provider => new PlanStream(
            new PlanService.PlanServiceClient(provider.GetRequiredService<GrpcChannel>()),
            identity(provider),
            new ReconnectBackoff(Options(provider), Jitter(provider, "plan")),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PlanStream>>()));
        services.AddSingleton(provider => new FeedWatcher(Feed(provider), identity(provider), Jitter(provider, "feed")));
        services.AddSingleton(provider => new PlanTiming(Options(provider).PlanTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PlanClient>();
        services.AddHostedService<SchedulerStreams>();
        return services;
    }

    private static PlanningOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<PlanningOptions>>().Value;

    private static SnapshotFile? OpenFile(IServiceProvider provider) => Options(provider).StateDirectory is { Length: > 0 } directory
        ? new SnapshotFile(directory, provider.GetRequiredService<TimeProvider>())
        : null;

    private static FeedDependencies Feed(IServiceProvider provider) => new(
        new FeedService.FeedServiceClient(provider.GetRequiredService<GrpcChannel>()),
        provider.GetRequiredService<SnapshotStore>(),
        provider.GetRequiredService<SchedulerLink>(),
        provider.GetRequiredService<LoadReporter>().Report,
        Options(provider),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<FeedWatcher>>());

    /// <summary>Two streams, and two executors, must not reconnect in step.</summary>
    private static Random Jitter(IServiceProvider provider, string stream)
    {
        var seed = Options(provider).JitterSeed;
        return new Random(seed != 0 ? seed : StringComparer.Ordinal.GetHashCode(stream + Options(provider).EffectiveId));
    }
}
