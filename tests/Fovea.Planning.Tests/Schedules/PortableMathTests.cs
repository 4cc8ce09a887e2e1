using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Schedules;

public sealed class PortableMathTests
{
    [Fact]
    public void Exp_AnyNumber_AgreesWithThePlatform() =>
        Generators.Check(Gen.Choose(-7_000_000, 7_000_000).Select(value => value / 10_000.0), x =>
            Assert.InRange(PortableMath.Exp(x) / Math.Exp(x), 1 - 4e-16, 1 + 4e-16), 3000);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-800, 0)]
    [InlineData(800, double.PositiveInfinity)]
    public void Exp_Ends_AreExact(double x, double expected) => Assert.Equal(expected, PortableMath.Exp(x));

    // Bit patterns: a change of any operation or its order, which a plan digest could not survive, fails here.
    [Theory]
    [InlineData(1, 0x4005BF0A8B14576A)]
    [InlineData(-0.221, 0x3FE9A7A9BD502165)]
    public void Exp_Golden_HasTheSameBitsEverywhere(double x, long bits) =>
        Assert.Equal(bits, BitConverter.DoubleToInt64Bits(PortableMath.Exp(x)));
}
