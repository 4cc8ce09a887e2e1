using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.GrpcTests.Security;

/// <summary>Every method against every kind of credentials; both come from the declared table, so a new method is here by itself.</summary>
public sealed class AccessMatrixTests : IClassFixture<AccessFixture>
{
    private readonly AccessFixture _fixture;

    public AccessMatrixTests(AccessFixture fixture) => _fixture = fixture;

    public static TheoryData<string> Methods => [.. MethodTable.All.Select(rule => rule.Method).Order(StringComparer.Ordinal)];

    [Fact]
    public void Server_Methods_AreAllDeclaredOnes() => Assert.Equal(
        MethodTable.All.Select(rule => rule.Method).Order(StringComparer.Ordinal),
        _fixture.Server.Services.GetRequiredService<MappedEndpoints>().Methods.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_NoGoodCredentials_IsUnauthenticated(string method)
    {
        var isOpen = MethodTable.Find(method)!.Has(MethodTraits.Anonymous);
        List<(string What, CallInvoker Channel, Metadata? Headers)> cases =
        [
            ("nothing", _fixture.Plain, null),
            ("a certificate without a rule", _fixture.Stranger, null),
            .. _fixture.BadTokens.Select(token => (token.Key, _fixture.Plain, (Metadata?)token.Value)),
            .. _fixture.BadTokens.Select(token => ($"a good certificate and {token.Key}", _fixture.ByRole[Roles.Admin], (Metadata?)token.Value)),
        ];

        foreach (var (what, channel, headers) in cases)
        {
            var code = await AnyMethod.All[method].CallAsync(channel, headers);
            Assert.True(isOpen ? IsThrough(code) : code == StatusCode.Unauthenticated, $"{method} with {what}: {code}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_BadCertificate_DoesNotConnect(string method)
    {
        foreach (var (what, channel) in _fixture.Refused)
        {
            var code = await AnyMethod.All[method].CallAsync(channel, null);
            Assert.True(code == StatusCode.Unavailable, $"{method} with {what}: {code}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_InEachRole_IsAsDeclared(string method)
    {
        var rule = MethodTable.Find(method)!;
        foreach (var role in Roles.All)
        {
            var byToken = await AnyMethod.All[method].CallAsync(_fixture.Plain, SecureServer.Bearer(_fixture.Server.Tokens.Token(role)));
            var byCertificate = await AnyMethod.All[method].CallAsync(_fixture.ByRole[role], null);

            var mayCall = rule.Has(MethodTraits.Anonymous) || role == Roles.Admin || rule.AnyOf.Contains(role);
            Assert.True(mayCall ? IsThrough(byToken) : byToken == StatusCode.PermissionDenied, $"{method} as {role} by token: {byToken}");
            Assert.True(mayCall ? IsThrough(byCertificate) : byCertificate == StatusCode.PermissionDenied, $"{method} as {role} by certificate: {byCertificate}");
        }
    }

    // The handler was reached: the stubs have none, health and reflection are real.
    private static bool IsThrough(StatusCode code) => code is StatusCode.Unimplemented or StatusCode.OK or StatusCode.NotFound;
}
