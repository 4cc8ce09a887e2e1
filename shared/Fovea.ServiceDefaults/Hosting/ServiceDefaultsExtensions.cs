using Fovea.ServiceDefaults.Audit;
using Fovea.ServiceDefaults.Clients;
using Fovea.ServiceDefaults.Drain;
using Fovea.ServiceDefaults.Health;
using Fovea.ServiceDefaults.Metrics;
using Fovea.ServiceDefaults.Reflection;
using Fovea.ServiceDefaults.Security;
using Fovea.ServiceDefaults.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Sets up what every Fovea server has: listeners, gRPC, security, health, drain, metrics and, by option, reflection.</summary>
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
        services.AddSecurity(builder.Configuration);
        services.AddSecureClients(builder.Configuration);
        AddDrain(services);
        AddMetrics(services);
        services.AddSingleton(provider =>
            new ReflectionAnswers(() => DescriptorCatalog.Of(provider.GetRequiredService<EndpointDataSource>())));
        services.AddGrpc(options =>
        {
            options.Interceptors.Add<CallMetricsInterceptor>();
            options.Interceptors.Add<DrainInterceptor>();
            options.Interceptors.Add<StreamInterceptor>();
            options.Interceptors.Add<AuditInterceptor>();
        });
        return builder;
    }

    /// <summary>
    /// Puts security before all handlers and maps health, metrics if they have a listener, and reflection if it is switched on.
    /// </summary>
    public static WebApplication MapFoveaServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<IOptions<ServiceDefaultsOptions>>().Value;
        app.Services.GetRequiredService<MappedEndpoints>().Watch(app);
        app.Use(next => http => http.RequestServices.GetRequiredService<CallPath>().HandleAsync(http, next));
        app.MapGrpcService<HealthService>().AllowAnonymous();
        if (options.MetricsListen is not null)
        {
            app.MapGet(MetricsEndpoint.Path, MetricsEndpoint.HandleAsync).AllowAnonymous();
        }

        if (options.Reflection ?? app.Environment.IsDevelopment())
        {
            app.MapGrpcService<ReflectionService>();
            app.MapGrpcService<ReflectionAlphaService>();
        }

        return app;
    }

    private static void AddHosting(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, kestrel.ApplicationServices));
        builder.Services.AddSingleton<BoundAddresses>();
        builder.Services.AddHostedService<AddressReporter>();
        // The host's time begins when it is told to stop, so it holds the delay too.
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ServiceDefaultsOptions>>(
            (host, options) => host.ShutdownTimeout = options.Value.DrainDelay + options.Value.ShutdownTimeout);
    }

    private static void Listen(KestrelServerOptions kestrel, IServiceProvider services)
    {
        // The server is made, and listeners are set up, before the host validates; all faults shall be told, not those of listeners alone.
        services.GetService<IStartupValidator>()?.Validate();
        var security = services.GetRequiredService<IOptions<SecurityOptions>>().Value;
        var tls = security.IsOn ? services.GetRequiredService<ServerTls>() : null;
        KestrelSetup.Apply(
            kestrel, services.GetRequiredService<IOptions<ServiceDefaultsOptions>>().Value, tls, security.PlainMetrics ? null : tls);
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
