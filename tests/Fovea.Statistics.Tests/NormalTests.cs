using Reference = MathNet.Numerics.Distributions.Normal;

namespace Fovea.Statistics.Tests;

public sealed class NormalTests
{
    [Fact]
    public void Cdf_AnyZ_IsTheReferences()
    {
        for (var z = -8d; z <= 8; z += 0.05)
        {
            Assert.Equal(Reference.CDF(0, 1, z), Normal.Cdf(z), 1e-14);
            Assert.Equal(SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2, Normal.UpperTail(z), 1e-14);
        }
    }

    [Theory]
    [InlineData(5, 2.8665157187919391e-7)]
    [InlineData(10, 7.6198530241605261e-24)]
    [InlineData(20, 2.7536241186062337e-89)]
    public void UpperTail_FarOut_IsExact(double z, double expected) => Assert.Equal(1, Normal.UpperTail(z) / expected, 1e-12);

    [Fact]
    public void MillsRatio_AnyZ_IsTailByDensity()
    {
        for (var z = -6d; z <= 30; z += 0.1)
        {
            Assert.Equal(1, Normal.MillsRatio(z) * Normal.Density(z) / Normal.UpperTail(z), 1e-10);
        }
    }

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.5, 0)]
    [InlineData(1e-9, -5.9978070150076865)]
    public void Quantile_KnownLevels_AreExact(double p, double expected) => Assert.Equal(expected, Normal.Quantile(p), 1e-12);

    [Fact]
    public void Quantile_OfCdf_IsTheArgument()
    {
        for (var z = -7d; z <= 0; z += 0.01)
        {
            Assert.Equal(z, Normal.Quantile(Normal.Cdf(z)), 1e-10);
        }
    }

    [Fact]
    public void LogGamma_AnyX_IsTheReferences()
    {
        for (var x = 0.1; x < 3000; x *= 1.07)
        {
            Assert.Equal(MathNet.Numerics.SpecialFunctions.GammaLn(x), SpecialFunctions.LogGamma(x), 1e-11 * Math.Max(1, x));
        }

        Assert.Equal(Math.Log(24), SpecialFunctions.LogGamma(5), 14);
        Assert.Equal(Math.Log(Math.PI) / 2, SpecialFunctions.LogGamma(0.5), 14);
    }
}
