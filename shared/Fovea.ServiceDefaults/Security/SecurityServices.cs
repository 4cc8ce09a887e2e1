using Fovea.ServiceDefaults.Audit;
using Fovea.ServiceDefaults.Quotas;
using Fovea.ServiceDefaults.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Registers what stands between callers and handlers.</summary>
internal static class SecurityServices
{
    /// <summary>Adds authentication, authorisation, quotas, limits of streams and the audit log; all of it rests until options say otherwise.</summary>
    public static void AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        AddOptions<SecurityOptions, SecurityOptionsValidator>(services, configuration.GetSection(SecurityOptions.Section));
        AddOptions<QuotaOptions, QuotaOptionsValidator>(services, configuration.GetSection(QuotaOptions.Section));
        AddOptions<StreamOptions, StreamOptionsValidator>(services, configuration.GetSection(StreamOptions.Section));
        AddOptions<AuditOptions, AuditOptionsValidator>(services, configuration.GetSection(AuditOptions.Section));
        services.AddSingleton<SecurityMetrics>().AddSingleton<QuotaMetrics>().AddSingleton<TenantQuotas>();
        AddLazily<ServerTls>(services);
        AddLazily<TokenIdentities>(services);
        AddLazily<CallerIdentities>(services);
        services.AddSingleton<CertificateIdentities>().AddSingleton<CallGate>().AddSingleton<ExecutorIdRule>().AddSingleton<MappedEndpoints>();
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<IOptions<AuditOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<StreamLimits>().AddSingleton<StreamInterceptor>().AddSingleton<AuditInterceptor>().AddSingleton<CallPath>();
        services.AddHostedService<SecurityStart>();
        services.AddHostedService<SecurityReloader>();
    }

    private static void AddOptions<TOptions, TValidator>(IServiceCollection services, IConfigurationSection section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Bind(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }

    // Without security there are no files to read.
    private static void AddLazily<T>(IServiceCollection services)
        where T : class
    {
        services.AddSingleton<T>();
        services.AddSingleton(provider => new Lazy<T>(provider.GetRequiredService<T>));
    }
}
