using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Fovea.Contracts.V1;
using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Fovea.GrpcTests.Security;

public sealed class ServerTlsTests : IAsyncLifetime
{
    private SecureServer _server = null!;

    public async Task InitializeAsync() => _server = await SecureServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Rotation_UnderCalls_DropsNone()
    {
        var channel = _server.Channel(_server.InRole(Roles.Executor));
        using var running = new FeedService.FeedServiceClient(channel).Watch();
        await running.RequestStream.WriteAsync(new WatchRequest());
        Assert.True(await running.ResponseStream.MoveNext(default).Soon());
        var before = await ShownAsync();

        var rotated = _server.Logs.WaitAsync(line => line.Contains(_server.CertificateFile, StringComparison.Ordinal) && line.Contains("now in use", StringComparison.Ordinal));
        var calls = Task.Run(async () =>
        {
            var codes = new List<StatusCode>();
            while (!rotated.IsCompleted || codes.Count < 50)
            {
                codes.Add(await CheckAsync(_server.Channel()));
            }

            return codes;
        });
        _server.WriteServer(_server.Authority.IssueServer("renewed"));
        await rotated;

        Assert.All(await calls.Soon(), code => Assert.Equal(StatusCode.OK, code));
        Assert.NotEqual(before, await ShownAsync());
        await running.RequestStream.CompleteAsync();
        Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(() => running.ResponseStream.MoveNext(default).Soon())).StatusCode);
    }

    [Fact]
    public async Task Rotation_BrokenFile_KeepsTheOldCertificateAndTells()
    {
        var before = await ShownAsync();
        var told = _server.Logs.WaitAsync(line => line.Contains("cannot be used", StringComparison.Ordinal));

        _server.Write("server.pem", "no certificate");
        await told;

        Assert.Equal(StatusCode.OK, await CheckAsync(_server.Channel()));
        Assert.Equal(before, await ShownAsync());
        Assert.Contains(_server.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(_server.CertificateFile, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rotation_OtherClientAuthority_CountsForTheNextConnection()
    {
        using var other = new TestAuthority("successor");
        var options = _server.Showing(other.Issue("admin-client", TestAuthority.ClientUse));
        Assert.Equal(StatusCode.Unavailable, await CheckAsync(_server.Channel(options)));
        var taken = _server.Logs.WaitAsync(line => line.Contains("clients.pem", StringComparison.Ordinal) || line.Contains("ca.pem", StringComparison.Ordinal));

        var trusted = _server.Write("trusted.pem", _server.Authority.Pem);
        _server.Write("ca.pem", other.Pem);
        await taken;

        options.CaFile = trusted;
        Assert.Equal(StatusCode.OK, await CheckAsync(_server.Channel(options)));
    }

    [Fact]
    public async Task Plaintext_ToTheTlsPort_FailsAndHarmsNobody()
    {
        using var plain = GrpcChannel.ForAddress(_server.Addresses.Grpc!.Replace("https", "http", StringComparison.Ordinal));

        Assert.Equal(StatusCode.Unavailable, await CheckAsync(plain));
        Assert.Equal(StatusCode.OK, await CheckAsync(_server.Channel()));
    }

    [Fact]
    public async Task Client_OtherAuthorityOrName_RefusesTheServer()
    {
        using var other = new TestAuthority("other");
        var wrongAuthority = _server.Trusting();
        wrongAuthority.CaFile = _server.Write("other.pem", other.Pem);
        var wrongName = _server.Trusting();
        wrongName.ServerNames = "elsewhere.test";
        var rightName = _server.Trusting();
        rightName.ServerNames = "elsewhere.test, fovea.test";

        Assert.Equal(StatusCode.Unavailable, await CheckAsync(_server.Channel(wrongAuthority)));
        Assert.Equal(StatusCode.Unavailable, await CheckAsync(_server.Channel(wrongName)));
        var renewed = _server.Logs.WaitAsync(line => line.Contains("now in use", StringComparison.Ordinal));
        _server.WriteServer(_server.Authority.Issue("server", TestAuthority.ServerUse, names => names.AddDnsName("fovea.test")));
        await renewed;
        Assert.Equal(StatusCode.OK, await CheckAsync(_server.Channel(rightName)));
    }

    [Fact]
    public async Task HealthPort_Plaintext_AnswersHealthAndNothingElse()
    {
        using var channel = GrpcChannel.ForAddress(_server.Addresses.Health!);
        var invoker = channel.CreateCallInvoker();

        Assert.Equal(StatusCode.OK, await CheckAsync(channel));
        foreach (var (path, method) in AnyMethod.All.Where(pair => !pair.Key.StartsWith("/grpc.health.", StringComparison.Ordinal)))
        {
            var code = await method.CallAsync(invoker, SecureServer.Bearer(_server.Tokens.Token("admin")));
            Assert.True(code == StatusCode.Unimplemented, $"{path}: {code}");
        }

        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var metrics = await http.GetAsync(new Uri($"{_server.Addresses.Health}/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);
    }

    [Fact]
    public async Task MetricsPort_Callers_NeedTlsAndARole()
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var http = new HttpClient(handler);
        var address = new Uri($"{_server.Addresses.Metrics}/metrics");

        using var nobody = await http.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new("Bearer", _server.Tokens.Token("policy.read"));
        using var reader = await http.SendAsync(request);

        Assert.Equal(Uri.UriSchemeHttps, address.Scheme);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        var text = await reader.Content.ReadAsStringAsync();
        Assert.Contains("rpc_auth_refusals_total{reason=\"no_credentials\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("security_certificate_expiry_timestamp_seconds", text, StringComparison.Ordinal);
    }

    private static async Task<StatusCode> CheckAsync(GrpcChannel channel)
    {
        try
        {
            await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), deadline: DateTime.UtcNow.AddSeconds(30));
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    /// <summary>The serial number of the certificate that a new connection sees.</summary>
    private async Task<string> ShownAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_server.Addresses.Grpc!).Port);
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", ApplicationProtocols = [SslApplicationProtocol.Http2] });
        return ((X509Certificate2)tls.RemoteCertificate!).SerialNumber;
    }
}
