using Fovea.Planning.Plans;

namespace Fovea.Planning.Tests.Plans;

public sealed class PlanDigestTests
{
    private const string Hex = "6136028ee42ba39d5e64774825b72ba91e0ba7ab1f4eefd02f2e80b901dcb6c2";

    [Fact]
    public void TryParse_SixtyFourDigits_Succeeds()
    {
        Assert.True(PlanDigest.TryParse(Hex, out var digest));
        Assert.Equal((Hex, "6136028ee42b"), (digest.Hex, digest.Short));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("6136028ee42b")]
    [InlineData("6136028EE42BA39D5E64774825B72BA91E0BA7AB1F4EEFD02F2E80B901DCB6C2")]
    public void TryParse_Else_Fails(string? text) => Assert.False(PlanDigest.TryParse(text, out _));

    [Fact]
    public void Hex_Default_IsEmpty() => Assert.Equal((string.Empty, string.Empty), (default(PlanDigest).Hex, default(PlanDigest).Short));
}
