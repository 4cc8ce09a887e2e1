using Fovea.Executor.Calibration;
using Fovea.Executor.Canaries;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.OpenInference;
using Fovea.Executor.Overload;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;
using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Hosting;

/// <summary>Puts the executor together, in the order in which a request flows.</summary>
internal static class ExecutorComposition
{
    // Requests are ended at the drain time; this is left to write their statuses.
    private static readonly TimeSpan AfterDrain = TimeSpan.FromSeconds(5);

    /// <summary>Registers everything but the model; a clock that is registered already is kept.</summary>
    public static WebApplicationBuilder AddExecutor(this WebApplicationBuilder builder)
    {
        var server = Read<ServerOptions>(builder, ServerOptions.Section);
        var intake = Read<IntakeOptions>(builder, IntakeOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>();
        builder.AddFoveaServiceDefaults(defaults =>
        {
            defaults.Listen = ServerOptions.EndPointOf(server.Listen);
            defaults.MetricsListen = server.MetricsListen.Length > 0 ? ServerOptions.EndPointOf(server.MetricsListen) : null;
            defaults.HealthListen = server.HealthListen.Length > 0 ? ServerOptions.EndPointOf(server.HealthListen) : null;
            defaults.ServingWhenStarted = false;
            defaults.ShutdownTimeout = intake.DrainTime + AfterDrain;
        });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = intake.MaxRequestBytes);
        builder.Services.AddIntake();
        builder.Services.AddOverload();
        builder.Services.AddCanaries();
        builder.Services.AddPlanning(Identity);
        builder.Services.AddExecutorMetrics();
        builder.Services.AddCalibration();
        builder.Services.AddSingleton<AddressAnnouncer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AddressAnnouncer>());
        return builder;
    }

    /// <summary>Registers the model that the options name.</summary>
    public static WebApplicationBuilder AddModel(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>();
        builder.Services.AddOptions<EngineOptions>().BindConfiguration("Engine").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<StartFaults>().AddSingleton<ServedModelLoader>();
        builder.Services.AddHostedService<ModelLoading>();
        return builder;
    }

    /// <summary>Maps what is served.</summary>
    public static WebApplication MapExecutor(this WebApplication app)
    {
        app.MapFoveaServiceDefaults();
        app.MapGrpcService<InferenceService>();
        app.MapGrpcService<OpenInferenceService>();
        app.MapGrpcService<CalibrationService>();
        app.MapGrpcService<StatusService>();
        return app;
    }

    private static T Read<T>(WebApplicationBuilder builder, string section)
        where T : new() => builder.Configuration.GetSection(section).Get<T>() ?? new T();

    private static Func<CancellationToken, Task<ExecutorIdentity>> Identity(IServiceProvider provider) => async cancellationToken =>
    {
        var model = await provider.GetRequiredService<ModelHost>().Loaded.WaitAsync(cancellationToken).ConfigureAwait(false);
        var address = await provider.GetRequiredService<AddressAnnouncer>().Known.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new ExecutorIdentity(provider.GetRequiredService<ExecutorName>().Id, address, model.Announce());
    };
}
