namespace Fovea.Executor.Metrics;

/// <summary>Registers the instruments.</summary>
internal static class MetricsServices
{
    /// <summary>Adds the instruments and what their gauges read.</summary>
    public static IServiceCollection AddExecutorMetrics(this IServiceCollection services) =>
        services.AddMetrics().AddSingleton<ExecutorLoad>().AddSingleton<ExecutorMetrics>().AddSingleton<CalibrationMetrics>().AddSingleton<ShadowMetrics>();
}
