using Fovea.Scheduler.Metrics;

namespace Fovea.Scheduler.Canaries;

/// <summary>Registers the watch over canaries.</summary>
internal static class CanaryServices
{
    /// <summary>Adds the watch.</summary>
    public static void AddCanaries(this IServiceCollection services, CanaryOptions options) => services
        .AddSingleton(options)
        .AddSingleton<CanaryMetrics>()
        .AddSingleton<CanaryTools>()
        .AddSingleton<ICanaryEnding, AuditedCanaryEnding>()
        .AddHostedService<CanaryWatch>();
}
