using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Overload;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Canaries;

/// <summary>Registers what is counted and compared for canaries.</summary>
internal static class CanaryServices
{
    /// <summary>Adds counters and shadow runs.</summary>
    public static IServiceCollection AddCanaries(this IServiceCollection services)
    {
        services.AddOptions<CanaryOptions>().BindConfiguration(CanaryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ArmBoard>().AddSingleton<ShadowQueue>().AddSingleton<RefusingVersion>().AddSingleton<CanaryDesk>().AddSingleton<LoadReporter>();
        services.AddSingleton(provider => new ShadowTools(
            provider.GetRequiredService<ImagePipeline>(),
            provider.GetRequiredService<ExecutorLoad>(),
            provider.GetRequiredService<KvReservations>(),
            provider.GetRequiredService<ShadowMetrics>(),
            provider.GetRequiredService<IOptions<CanaryOptions>>().Value.ShadowPause,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ShadowRunner>>()));
        services.AddHostedService<ShadowRunner>();
        return services;
    }
}
