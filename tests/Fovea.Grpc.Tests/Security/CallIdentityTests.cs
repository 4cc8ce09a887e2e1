using System.Security.Cryptography.X509Certificates;
using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Security;

namespace Fovea.GrpcTests.Security;

public sealed class CallIdentityTests
{
    [Theory]
    [InlineData("dns:executor-*.fovea.svc", "dns", "executor-1.fovea.svc", true)]
    [InlineData("dns:executor-*.fovea.svc", "dns", "EXECUTOR-1.FOVEA.SVC", true)]
    [InlineData("dns:executor-*.fovea.svc", "cn", "executor-1.fovea.svc", false)]
    [InlineData("dns:executor-1.fovea.svc", "dns", "executor-1.fovea.svc.evil.test", false)]
    [InlineData("uri:spiffe://fovea/*/executor", "uri", "spiffe://fovea/prod/executor", true)]
    [InlineData("cn:a?c", "cn", "abc", false)]
    [InlineData("cn:a?c", "cn", "a?c", true)]
    [InlineData("cn:Admin", "cn", "admin", false)]
    public void Pattern_Name_MatchesOnlyItsKindAndWhole(string pattern, string kind, string name, bool expected)
    {
        Assert.True(ClientPattern.TryParse(pattern, out var parsed));

        Assert.Equal(expected, parsed.Matches(new CertificateName(kind, name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("executor")]
    [InlineData("dns:")]
    [InlineData("ip:127.0.0.1")]
    public void Pattern_Malformed_IsNone(string pattern) => Assert.False(ClientPattern.TryParse(pattern, out _));

    [Fact]
    public void Names_OfACertificate_AreAllOfThem()
    {
        using var authority = new TestAuthority("authority");
        var (pem, _) = authority.Issue("common", TestAuthority.ClientUse, names =>
        {
            names.AddDnsName("one.test");
            names.AddIpAddress(System.Net.IPAddress.Loopback);
            names.AddUri(new Uri("spiffe://fovea/executor"));
            names.AddDnsName("two.test");
        });
        using var certificate = X509Certificate2.CreateFromPem(pem);

        Assert.Equal(
            [new("dns", "one.test"), new("dns", "two.test"), new("uri", "spiffe://fovea/executor"), new CertificateName("cn", "common")],
            CertificateName.Of(certificate));
    }

    [Theory]
    [InlineData("infer", "other", "acme")]
    [InlineData("admin", "other", "other")]
    [InlineData("admin", null, "acme")]
    public void Tenant_NamedByTheCaller_CountsForAdminsAlone(string role, string? named, string expected) =>
        Assert.Equal(expected, new CallIdentity("user", "acme", [role]).TenantFor(named));

    [Fact]
    public void Tenant_WithoutAuthentication_IsTheNamedOne() => Assert.Equal("other", CallIdentity.Anonymous.TenantFor("other"));
}
