using Fovea.ServiceDefaults.Hosting;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fovea.GrpcTests.Support;

/// <summary>A server with the service defaults on free ports of the loopback interface.</summary>
internal sealed class DefaultsServer : IAsyncDisposable
{
    private DefaultsServer(WebApplication app)
    {
        App = app;
        Addresses = app.Services.GetRequiredService<BoundAddresses>();
    }

    public WebApplication App { get; }

    public BoundAddresses Addresses { get; }

    public string Target => new Uri(Addresses.Grpc!).Authority;

    public static async Task<DefaultsServer> StartAsync(
        Action<ServiceDefaultsOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.ClearProviders();
        builder.AddFoveaServiceDefaults(options =>
        {
            options.Listen = "127.0.0.1:0";
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        var app = builder.Build();
        app.MapFoveaServiceDefaults();
        map?.Invoke(app);
        await app.StartAsync();
        return new DefaultsServer(app);
    }

    public GrpcChannel Channel() => GrpcChannel.ForAddress(Addresses.Grpc!);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
