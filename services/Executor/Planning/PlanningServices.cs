using System.Net;
using Fovea.Executor.Canaries;
using Fovea.Executor.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.AddSingleton<SchedulerLink>().AddSingleton<SchedulerChannels>().AddSingleton<PlanRoute>();
        services.AddSingleton(provider => new LocalPlanner(
            provider.GetRequiredService<SnapshotStore>(),
            Options(provider).IsAlone,
            provider.GetRequiredService<ILogger<LocalPlanner>>()));
        services.AddSingleton(provider => new PlanTiming(Options(provider).PlanTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PlanClient>();
        services.TryAddSingleton<Func<string, CancellationToken, Task<IPAddress[]>>>(Dns.GetHostAddressesAsync);
        services.AddHostedService(provider => new SchedulerStreams(
            new ConnectionTools(Feed(provider), provider.GetRequiredService<SchedulerChannels>(), provider.GetRequiredService<PlanRoute>()),
            Picker(provider),
            identity(provider),
            new ReconnectBackoff(Options(provider), Jitter(provider))));
        return services;
    }

    private static PlanningOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<PlanningOptions>>().Value;

    private static SnapshotFile? OpenFile(IServiceProvider provider) => Options(provider).StateDirectory is { Length: > 0 } directory
        ? new SnapshotFile(directory, provider.GetRequiredService<TimeProvider>())
        : null;

    private static FeedDependencies Feed(IServiceProvider provider) => new(
        provider.GetRequiredService<SnapshotStore>(),
        provider.GetRequiredService<SchedulerLink>(),
        provider.GetRequiredService<LoadReporter>().Report,
        Options(provider),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SchedulerStreams>>());

    private static SchedulerPicker Picker(IServiceProvider provider) => new(
        new SchedulerDirectory(
            Options(provider),
            provider.GetRequiredService<Func<string, CancellationToken, Task<IPAddress[]>>>(),
            provider.GetRequiredService<ILogger<SchedulerStreams>>()),
        Options(provider),
        provider.GetRequiredService<TimeProvider>());

    /// <summary>Two executors must not reconnect in step.</summary>
    private static Random Jitter(IServiceProvider provider)
    {
        var seed = Options(provider).JitterSeed;
        return new Random(seed != 0 ? seed : StringComparer.Ordinal.GetHashCode(Options(provider).EffectiveId));
    }
}
