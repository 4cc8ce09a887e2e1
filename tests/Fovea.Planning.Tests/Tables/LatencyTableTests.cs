using Fovea.Planning.Tables;
using Fovea.Planning.Tests.Support;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Tables;

public sealed class LatencyTableTests
{
    private static readonly LatencyTable Table = new() { Model = "m", Rows = [10, 20, 40], Seconds = [1, 2, 6], FixedSeconds = 0.5 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(15, 1.5)]
    [InlineData(20, 2)]
    [InlineData(25, 3)]
    [InlineData(40, 6)]
    [InlineData(50, 8)]
    public void LayerSeconds_AnyRows_IsLinearBetweenAndGoesOnBeyond(int rows, double seconds) =>
        Assert.Equal(seconds, Table.LayerSeconds(rows), 12);

    [Fact]
    public void LayerSeconds_MoreRows_NeverTakeLess() =>
        Generators.Check(Generators.Tokens.And(Gen.Choose(1, 50)), input =>
            Assert.True(Samples.Latency.LayerSeconds(input.First) <= Samples.Latency.LayerSeconds(input.First + input.Second)));

    [Fact]
    public void Milliseconds_Counts_AddsLayersAndTheFixedPart() =>
        Assert.Equal(1000 * (0.5 + 2 + 1.5 + 1), Table.Milliseconds([15, 10, 0], 5), 9);

    [Fact]
    public void Validate_Sound_HasNoFault() => Assert.Empty(Table.Validate());

    [Fact]
    public void Validate_SeveralFaults_NamesEach()
    {
        var table = new LatencyTable { Model = "", ModelRevision = " ", Rows = [0, 20, 20], Seconds = [1, 0.5, double.NaN], FixedSeconds = -1 };

        string[] expected =
        [
            "model", "modelRevision", "fixedSeconds", "layerTimes[0].rows", "layerTimes[1].seconds", "layerTimes[2].rows", "layerTimes[2].seconds",
        ];
        Assert.Equal(expected, table.Validate().Select(fault => fault.Field));
    }

    [Fact]
    public void Validate_OneRow_IsRefused() =>
        Assert.Equal("layerTimes", Assert.Single((Table with { Rows = [10], Seconds = [1] }).Validate()).Field);
}
