using Fovea.Cli.Generation;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Generation;

public sealed class SurvivalDepthTests
{
    [Fact]
    public void Of_NothingDropped_IsEveryLayer()
    {
        Assert.Equal([5, 5, 5], SurvivalDepth.Of(3, 5, []));
    }

    [Fact]
    public void Of_TwoDrops_CountsTheLayersThatEachTokenEntered()
    {
        KeptTokens[] kept = [new() { Layer = 2, Indices = { 0, 2, 3 } }, new() { Layer = 4, Indices = { 3 } }];

        Assert.Equal([4, 2, 4, 6], SurvivalDepth.Of(4, 6, kept));
    }

    [Fact]
    public void Of_AllDropped_IsTheLayerOfTheDrop()
    {
        Assert.Equal([3, 3], SurvivalDepth.Of(2, 8, [new KeptTokens { Layer = 3 }]));
    }
}
