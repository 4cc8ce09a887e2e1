using Fovea.ServiceDefaults.Security;
using Grpc.Core;

namespace Fovea.GrpcTests.Support;

/// <summary>One secured server for many tests, with a channel for each kind of credentials.</summary>
public sealed class AccessFixture : IAsyncLifetime
{
    private readonly TestAuthority _impostor = new("authority");

    internal SecureServer Server { get; private set; } = null!;

    /// <summary>Shows nothing.</summary>
    internal CallInvoker Plain { get; private set; } = null!;

    /// <summary>Shows a good certificate that no rule is for.</summary>
    internal CallInvoker Stranger { get; private set; } = null!;

    /// <summary>Show the certificate of each role.</summary>
    internal IReadOnlyDictionary<string, CallInvoker> ByRole { get; private set; } = null!;

    /// <summary>Show certificates that are not accepted.</summary>
    internal IReadOnlyDictionary<string, CallInvoker> Refused { get; private set; } = null!;

    /// <summary>Tokens that are not accepted.</summary>
    internal IReadOnlyDictionary<string, Metadata> BadTokens { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await SecureServer.StartAsync();
        Plain = Server.Channel().CreateCallInvoker();
        Stranger = Showing(Server.Authority.Issue("stranger", TestAuthority.ClientUse));
        ByRole = Roles.All.ToDictionary(role => role, role => Server.Channel(Server.InRole(role)).CreateCallInvoker(), StringComparer.Ordinal);
        Refused = new Dictionary<string, CallInvoker>(StringComparer.Ordinal)
        {
            ["another authority of the same name"] = Showing(_impostor.Issue("admin-client", TestAuthority.ClientUse)),
            ["an expired one"] = Showing(Server.Authority.Issue("admin-client", TestAuthority.ClientUse, expired: true)),
            ["one for servers"] = Showing(Server.Authority.Issue("admin-client", TestAuthority.ServerUse)),
            ["one for no use"] = Showing(Server.Authority.Issue("admin-client", null)),
        };
        BadTokens = new Dictionary<string, Metadata>(StringComparer.Ordinal)
        {
            ["no bearer"] = new() { { "authorization", "Basic YTpi" } },
            ["garbage"] = SecureServer.Bearer("a.b.c"),
            ["an expired token"] = SecureServer.Bearer(Server.Tokens.Token("admin", valid: TimeSpan.FromMinutes(-2))),
            ["another audience"] = SecureServer.Bearer(Server.Tokens.Token("admin", audience: "other")),
            ["another issuer"] = SecureServer.Bearer(Server.Tokens.Token("admin", issuer: "https://other.test")),
            ["alg none"] = SecureServer.Bearer(Server.Tokens.Unsigned("admin")),
            ["the public key as a secret"] = SecureServer.Bearer(Server.Tokens.SignedByPublicKey("admin")),
            ["changed claims"] = SecureServer.Bearer(Server.Tokens.Forged("admin")),
        };
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _impostor.Dispose();
    }

    private CallInvoker Showing((string Certificate, string Key) pair) => Server.Channel(Server.Showing(pair)).CreateCallInvoker();
}
