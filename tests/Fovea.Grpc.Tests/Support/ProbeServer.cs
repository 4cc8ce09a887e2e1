using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fovea.GrpcTests.Support;

/// <summary>A Kestrel server with the probe service on a free port of the loopback interface.</summary>
internal sealed class ProbeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProbeServer(WebApplication app, ProbeLog log)
    {
        _app = app;
        Log = log;
        Address = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
    }

    public string Address { get; }

    public int Port => new Uri(Address).Port;

    public ProbeLog Log { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ProbeServer> StartAsync(ProbeServerSetup? setup = null)
    {
        setup ??= new ProbeServerSetup();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, setup.Port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = setup.ShutdownTimeout);
        var log = new ProbeLog();
        builder.Services.AddSingleton(log);
        builder.Services.AddGrpc(setup.Options).AddServiceOptions<ProbeService>(setup.ServiceOptions);
        setup.Services(builder.Services);
        var app = builder.Build();
        app.MapGrpcService<ProbeService>();
        setup.Map(app);
        await app.StartAsync();
        return new ProbeServer(app, log);
    }

    /// <summary>A channel to this server; the caller disposes it.</summary>
    public GrpcChannel Channel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Address, options);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Log.Release();
        await _app.DisposeAsync();
    }
}
