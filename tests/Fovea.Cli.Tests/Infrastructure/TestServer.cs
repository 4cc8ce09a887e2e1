using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Serves one gRPC service over HTTP/2 on a free port of the loopback.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static Task<TestServer> StartAsync<T>(T service)
        where T : class => ServeAsync(new Registration().With(service));

    public static Task<TestServer> StartAsync<T1, T2>(T1 first, T2 second)
        where T1 : class
        where T2 : class => ServeAsync(new Registration().With(first).With(second));

    public static Task<TestServer> StartAsync<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : class
        where T2 : class
        where T3 : class => ServeAsync(new Registration().With(first).With(second).With(third));

    /// <summary>Serves by TLS, and only those that show a certificate.</summary>
    public static Task<TestServer> StartSecureAsync<T>(T service, (string Certificate, string Key) pair)
        where T : class => ServeAsync(new Registration().With(service), endpoint => endpoint.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPem(pair.Certificate, pair.Key);
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.AllowAnyClientCertificate();
        }));

    private static async Task<TestServer> ServeAsync(Registration services, Action<ListenOptions>? secure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            secure?.Invoke(endpoint);
        }));
        builder.Services.AddGrpc();
        services.Add(builder.Services);
        var app = builder.Build();
        services.Map(app);
        await app.StartAsync();
        return new TestServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Registration
    {
        public Action<IServiceCollection> Add { get; private set; } = _ => { };

        public Action<WebApplication> Map { get; private set; } = _ => { };

        public Registration With<T>(T service)
            where T : class
        {
            Add += services => services.AddSingleton(service);
            Map += app => app.MapGrpcService<T>();
            return this;
        }
    }
}
