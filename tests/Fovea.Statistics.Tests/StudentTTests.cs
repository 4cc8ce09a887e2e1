using Reference = MathNet.Numerics.Distributions.StudentT;

namespace Fovea.Statistics.Tests;

public sealed class StudentTTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4.5)]
    [InlineData(29)]
    [InlineData(799)]
    [InlineData(5000)]
    public void Cdf_AnyT_IsTheReferences(double degreesOfFreedom)
    {
        for (var t = -12d; t <= 12; t += 0.25)
        {
            Assert.Equal(Reference.CDF(0, 1, degreesOfFreedom, t), StudentT.Cdf(t, degreesOfFreedom), 1e-10);
        }
    }

    [Theory]
    [InlineData(0.95, 1, 6.313751514675043)]
    [InlineData(0.95, 10, 1.812461122811676)]
    [InlineData(0.975, 30, 2.042272456301238)]
    [InlineData(0.05, 10, -1.812461122811676)]
    [InlineData(0.5, 3, 0)]
    public void Quantile_TabledLevels_AreExact(double p, double degreesOfFreedom, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(p, degreesOfFreedom), 1e-10);

    [Fact]
    public void Quantile_ManyDegrees_IsTheNormals() => Assert.Equal(Normal.Quantile(0.99), StudentT.Quantile(0.99, 1e6), 1e-4);
}
