using Fovea.ServiceDefaults.Drain;
using Fovea.ServiceDefaults.Health;
using Fovea.ServiceDefaults.Metrics;
using Fovea.ServiceDefaults.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Sets up what every Fovea server has: listeners, gRPC, health, drain, metrics and, by option, reflection.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds the defaults. Options come from the section <c>Service</c> and then from the delegate; all that is wrong with them is
    /// reported at once when the server starts.
    /// </summary>
    public static WebApplicationBuilder AddFoveaServiceDefaults(
        this WebApplicationBuilder builder, Action<ServiceDefaultsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<ServiceDefaultsOptions>()
            .Bind(builder.Configuration.GetSection(ServiceDefaultsOptions.Section))
            .Configure(options => configure?.Invoke(options))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServiceDefaultsOptions>, ServiceDefaultsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        AddHosting(builder);
        AddDrain(services);
        AddMetrics(services);
        services.AddSingleton(provider =>
            new ReflectionAnswers(() => DescriptorCatalog.Of(provider.GetRequiredService<EndpointDataSource>())));
        services.AddGrpc(options =>
        {
            options.Interceptors.Add<CallMetricsInterceptor>();
            options.Interceptors.Add<DrainInterceptor>();
        });
        return builder;
    }

    /// <summary>Maps health, metrics if they have a listener, and reflection if it is switched on.</summary>
    public static WebApplication MapFoveaServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<IOptions<ServiceDefaultsOptions>>().Value;
        app.MapGrpcService<HealthService>().AllowAnonymous();
        if (options.MetricsListen is not null)
        {
            app.MapGet(MetricsEndpoint.Path, MetricsEndpoint.HandleAsync).AllowAnonymous();
        }

        if (options.Reflection)
        {
            app.MapGrpcService<ReflectionService>();
            app.MapGrpcService<ReflectionAlphaService>();
        }

        return app;
    }

    private static void AddHosting(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => KestrelSetup.Apply(
            kestrel, kestrel.ApplicationServices.GetRequiredService<IOptions<ServiceDefaultsOptions>>().Value));
        builder.Services.AddSingleton<BoundAddresses>();
        builder.Services.AddHostedService<AddressReporter>();
        // The host's time begins when it is told to stop, so it holds the delay too.
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ServiceDefaultsOptions>>(
            (host, options) => host.ShutdownTimeout = options.Value.DrainDelay + options.Value.ShutdownTimeout);
    }

    private static void AddDrain(IServiceCollection services)
    {
        services.AddSingleton<HealthState>();
        services.AddSingleton<HealthService>();
        services.AddSingleton<DrainSignal>();
        services.AddSingleton<DrainInterceptor>();
        services.AddSingleton(provider => new DrainTools(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DrainService>>()));
        services.AddHostedService<DrainService>();
    }

    private static void AddMetrics(IServiceCollection services)
    {
        services.AddSingleton<MetricsCollector>();
        services.AddHostedService<MetricsStarter>();
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<CallMetricsInterceptor>();
    }
}
