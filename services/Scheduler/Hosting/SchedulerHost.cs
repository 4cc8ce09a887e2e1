using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Hosting;

namespace Fovea.Scheduler.Hosting;

/// <summary>Makes and starts a scheduler.</summary>
/// <remarks>
/// The flow is: 1. read and check the options, 2. open the store, 3. give a new store its first policy, 4. check what is
/// stored, 5. listen, 6. tell the address.
/// </remarks>
internal static class SchedulerHost
{
    /// <summary>Starts a scheduler; <paramref name="replace"/> may register other services before the scheduler's own.</summary>
    /// <exception cref="StartException">The options, the seed policy or what is stored have faults.</exception>
    /// <exception cref="StoreOpenException">The store cannot be opened.</exception>
    /// <exception cref="IOException">The address cannot be bound.</exception>
    public static async Task<WebApplication> StartAsync(
        SchedulerArguments arguments,
        Action<WebApplicationBuilder>? replace = null,
        CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(arguments.Settings);
        var options = SchedulerOptions.Read(builder.Configuration); // 1
        replace?.Invoke(builder);
        Configure(builder, options);
        var app = CheckedBuild.Run(builder, options.Server);
        try
        {
            app.MapFoveaServiceDefaults();
            app.MapScheduler();
            var store = app.Services.GetRequiredService<ISchedulerStore>();
            await store.OpenAsync(cancellationToken); // 2
            await app.Services.GetRequiredService<StoreSeed>().ApplyAsync(cancellationToken); // 3
            RequireServable(store, options.Store); // 4
            await app.Services.GetRequiredService<ISearchStore>().OpenAsync(cancellationToken);
            _ = app.Services.GetRequiredService<SchedulerMetrics>(); // shown from the start, not from the first call
            await app.StartAsync(cancellationToken); // 5
            Announce(app, options.Server); // 6
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static void Configure(WebApplicationBuilder builder, SchedulerOptions options)
    {
        // The host would log a start that failed with its stack trace; the process tells it in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddFoveaServiceDefaults(service =>
        {
            service.Listen = ServerOptions.EndpointOf(options.Server.Listen);
            service.MetricsListen = options.Server.MetricsListen is { } metrics ? ServerOptions.EndpointOf(metrics) : service.MetricsListen;
            service.HealthListen = options.Server.HealthListen is { } health ? ServerOptions.EndpointOf(health) : service.HealthListen;
            service.ShutdownTimeout = options.Server.ShutdownTimeout;
        });
        builder.Services.AddScheduler(options);
    }

    private static void RequireServable(ISchedulerStore store, StoreOptions options)
    {
        var serving = ServingState.Create(store.Current);
        if (!serving.IsValid)
        {
            throw new StartException([.. serving.Faults.Select(fault => $"store '{options.Folder}' holds what this version cannot serve: {fault}")]);
        }
    }

    private static void Announce(WebApplication app, ServerOptions options)
    {
        var address = app.Services.GetRequiredService<BoundAddresses>().Grpc!;
        if (options.AddressFile is { } file)
        {
            AddressFile.Write(address, file);
        }

        HostingLog.Listening(app.Logger, address);
    }
}
