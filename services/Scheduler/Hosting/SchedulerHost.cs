using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

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
        var app = builder.Build();
        try
        {
            app.MapScheduler();
            var store = app.Services.GetRequiredService<ISchedulerStore>(); // 2
            await app.Services.GetRequiredService<StoreSeed>().ApplyAsync(cancellationToken); // 3
            RequireServable(store, options.Store); // 4
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
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(options.Server.Listen);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Server.ShutdownTimeout);
        builder.Services.AddGrpc();
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
        var address = BoundAddress.Of(app.Services.GetRequiredService<IServer>());
        if (options.AddressFile is { } file)
        {
            BoundAddress.Write(address, file);
        }

        HostingLog.Listening(app.Logger, address);
        app.Lifetime.ApplicationStopping.Register(() => HostingLog.Draining(app.Logger));
    }
}
