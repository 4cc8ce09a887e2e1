using System.Collections.Immutable;
using Fovea.Cli.Comparison;

namespace Fovea.Cli.Tests.Comparison;

public sealed class VtwKlSearchTests
{
    [Theory]
    [InlineData(0.003, 7)]
    [InlineData(0.5, 5)]
    [InlineData(0.0000001, 9)]
    public void Choose_Threshold_TakesTheSmallestCloseLayer(double threshold, int layer)
    {
        var means = new Dictionary<int, double> { [5] = 0.4, [6] = 0.01, [7] = 0.002, [8] = 0.0001 }.ToImmutableSortedDictionary();

        Assert.Equal(layer, VtwKlSearch.Choose(means, 9, new VtwOptions(threshold, [0, 1])).Layer);
    }

    [Fact]
    public void Withdrawal_Layer_HasNoVisionTokensFromThere()
    {
        var trial = VtwKlSearch.Withdrawal(2, 4);

        Assert.Equal([1, 1, 0, 0], trial.Rates.Rates);
        Assert.Equal(0, trial.Rates.Floor);
    }
}
