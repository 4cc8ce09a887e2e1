using Fovea.Cli.Charts;

namespace Fovea.Cli.Tests.Charts;

public sealed class AxisTicksTests
{
    [Theory]
    [InlineData(0, 1, 0.2)]
    [InlineData(0, 100, 20)]
    [InlineData(91.2, 98.7, 2)]
    [InlineData(0.0003, 0.003, 0.0005)]
    [InlineData(-5, 5, 2)]
    public void For_Range_StepsAreRoundAndCoverIt(double least, double most, double step)
    {
        var ticks = AxisTicks.For(new ChartAxis("x"), [least, most]);

        Assert.Equal(step, ticks.Step, 1e-12);
        Assert.True(ticks.Least <= least + 1e-12 && ticks.Most >= most - 1e-12);
        Assert.InRange(ticks.Values.Length, 4, 9);
    }

    [Fact]
    public void For_FixedEnds_Stay()
    {
        var ticks = AxisTicks.For(new ChartAxis("x", -0.5, 11.5, IsWhole: true), [3]);

        Assert.Equal((-0.5, 11.5), (ticks.Least, ticks.Most));
        Assert.Equal((double[])[0, 2, 4, 6, 8, 10], ticks.Values.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void For_OneValueOrNone_HasARange(bool hasValue)
    {
        var ticks = AxisTicks.For(new ChartAxis("x"), hasValue ? [7.0, double.NaN] : []);

        Assert.True(ticks.Most > ticks.Least);
        Assert.NotEmpty(ticks.Values);
    }

    [Theory]
    [InlineData(0, 1, "0.2")]
    [InlineData(0, 0.003, "0.0005")]
    [InlineData(0, 100, "20")]
    public void Text_Tick_HasTheStepsDecimals(double least, double most, string second)
    {
        var ticks = AxisTicks.For(new ChartAxis("x"), [least, most]);

        Assert.Equal(second, ticks.Text(ticks.Values[1]));
    }
}
