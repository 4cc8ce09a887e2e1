using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fovea.GrpcTests.Calls;

public sealed class TlsTests
{
    [Fact]
    public async Task Call_OverTlsWithClientCertificate_SendsCredentialsAndIdentity()
    {
        using var serverCertificate = Certificate("localhost");
        using var clientCertificate = Certificate("executor-7");
        var log = new ProbeLog();
        await using var app = await StartAsync(serverCertificate, log);
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        using var handler = new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == serverCertificate.Thumbprint,
                ClientCertificates = [clientCertificate],
            },
        };
        var token = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("authorization", "Bearer t");
            return Task.CompletedTask;
        });
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, token),
        });

        var answer = await new Probe.ProbeClient(channel).UnaryAsync(new Ask { Text = "secret" });

        Assert.Equal("secret", answer.Text);
        Assert.Equal("Bearer t", log.LastContext!.RequestHeaders.GetValue("authorization"));
        Assert.True(log.LastSeen.Authenticated);
        Assert.Equal(["executor-7"], log.LastContext.AuthContext.PeerIdentity.Select(property => property.Value));
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2 certificate, ProbeLog log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.AllowAnyClientCertificate();
        })));
        builder.Services.AddSingleton(log);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<ProbeService>();
        await app.StartAsync();
        return app;
    }
}
