using Fovea.ServiceDefaults.Clients;
using Fovea.ServiceDefaults.Hosting;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.GrpcTests.Support;

/// <summary>A server with security on, its authority and its issuer of tokens. The certificate named <c>ROLE-client</c> has that role.</summary>
internal sealed class SecureServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-secure-").FullName;
    private readonly List<GrpcChannel> _channels = [];
    private WebApplication _app = null!;

    private SecureServer()
    {
    }

    public TestAuthority Authority { get; } = new("authority");

    public TokenIssuer Tokens { get; } = new();

    public LogCollector Logs { get; } = new();

    public BoundAddresses Addresses => _app.Services.GetRequiredService<BoundAddresses>();

    public IServiceProvider Services => _app.Services;

    public string CertificateFile => Path.Combine(_folder, "server.pem");

    public string KeyFile => Path.Combine(_folder, "server.key");

    public string AuditFile => Path.Combine(_folder, "audit.jsonl");

    public static async Task<SecureServer> StartAsync(Dictionary<string, string?>? settings = null, Action<WebApplication>? map = null)
    {
        var server = new SecureServer();
        try
        {
            await server.RunAsync(settings ?? [], map ?? ContractStubs.Map);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes a file among those of the server and gives its path.</summary>
    public string Write(string name, string text)
    {
        // Whoever looks at it must never see half of it.
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    public void WriteServer((string Certificate, string Key) pair)
    {
        Write("server.key", pair.Key);
        Write("server.pem", pair.Certificate);
    }

    /// <summary>Options that trust the server.</summary>
    public ClientOptions Trusting() => new() { CaFile = Path.Combine(_folder, "ca.pem") };

    /// <summary>Options that trust the server and show a certificate.</summary>
    public ClientOptions Showing((string Certificate, string Key) pair)
    {
        var name = Guid.NewGuid().ToString("N");
        var options = Trusting();
        options.CertificateFile = Write(name + ".pem", pair.Certificate);
        options.KeyFile = Write(name + ".key", pair.Key);
        return options;
    }

    /// <summary>Options that show a certificate of this role.</summary>
    public ClientOptions InRole(string role) => Showing(Authority.Issue($"{role}-client", TestAuthority.ClientUse));

    /// <summary>A channel that lives as long as the server.</summary>
    public GrpcChannel Channel(ClientOptions? options = null)
    {
        var security = new ClientSecurity(options ?? Trusting(), TimeProvider.System, NullLogger<ClientSecurity>.Instance);
        var channel = security.Open(new Uri(Addresses.Grpc!), new GrpcChannelOptions { MaxSendMessageSize = null });
        _channels.Add(channel);
        return channel;
    }

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Authority.Dispose();
        Tokens.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(Dictionary<string, string?> settings, Action<WebApplication> map)
    {
        WriteServer(Authority.IssueServer());
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Service:HealthListen"] = "127.0.0.1:0",
            ["Service:MetricsListen"] = "127.0.0.1:0",
            ["Service:Reflection"] = "true",
            ["Security:Mode"] = "on",
            ["Security:CertificateFile"] = CertificateFile,
            ["Security:KeyFile"] = KeyFile,
            ["Security:ClientCaFile"] = Write("ca.pem", Authority.Pem),
            ["Security:JwksFile"] = Write("jwks.json", Tokens.Jwks),
            ["Security:Issuer"] = TokenIssuer.Issuer,
            ["Security:Audience"] = TokenIssuer.Audience,
            ["Security:ReloadInterval"] = "00:00:00.100",
            ["Audit:File"] = AuditFile,
        };
        foreach (var (role, index) in Roles.All.Order(StringComparer.Ordinal).Select((role, index) => (role, index)))
        {
            all[$"Security:Clients:{index}:Match"] = $"cn:{role}-*";
            all[$"Security:Clients:{index}:Roles"] = role;
            all[$"Security:Clients:{index}:Tenant"] = "acme";
        }

        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Logs);
        builder.Configuration.AddInMemoryCollection(all);
        builder.AddFoveaServiceDefaults(options => options.Listen = "127.0.0.1:0");
        _app = builder.Build();
        _app.MapFoveaServiceDefaults();
        map(_app);
        await _app.StartAsync();
    }
}
