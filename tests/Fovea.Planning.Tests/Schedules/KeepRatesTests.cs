using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tests.Schedules;

public sealed class KeepRatesTests
{
    [Fact]
    public void Create_ValidRates_HoldsThem()
    {
        var rates = KeepRates.Create([1, 0.5, 0.5, 0]).Require();

        Assert.Equal([1, 0.5, 0.5, 0], rates.ToArray());
        Assert.False(rates.IsFull);
    }

    [Fact]
    public void Create_SeveralFaults_NamesEachLayerAndValue()
    {
        var faults = KeepRates.Create([0.9, double.NaN, 0.5, 0.6, -0.1, 1.5]).Faults;

        Assert.Equal(["rates[0]", "rates[1]", "rates[3]", "rates[4]", "rates[5]"], faults.Select(fault => fault.Field));
        Assert.Contains("0.9 of layer 0 must be 1", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("NaN of layer 1", faults[1].Message, StringComparison.Ordinal);
        Assert.Contains("0.6 of layer 3 exceeds 0.5 of layer 2", faults[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NoRates_IsAFault() => Assert.Single(KeepRates.Create([]).Faults);

    [Fact]
    public void Create_Infinity_IsAFault() => Assert.Single(KeepRates.Create([1, double.NegativeInfinity]).Faults);

    [Fact]
    public void Equals_SameRates_IsTrue()
    {
        var left = KeepRates.Create([1, 0.5]).Require();
        var right = KeepRates.Create([1, 0.5]).Require();

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, KeepRates.Full(2));
    }

    [Fact]
    public void Full_AnyDepth_KeepsEverything()
    {
        Assert.Equal([1, 1, 1], KeepRates.Full(3).ToArray());
        Assert.True(KeepRates.Full(3).IsFull);
    }

    [Fact]
    public void Require_Faulty_ThrowsAllFaults()
    {
        var exception = Assert.Throws<FormatException>(() => KeepRates.Create([0.5, 0.9]).Require());

        Assert.Contains("rates[0]", exception.Message, StringComparison.Ordinal);
        Assert.Contains("rates[1]", exception.Message, StringComparison.Ordinal);
    }
}
