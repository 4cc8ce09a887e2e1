using Fovea.Executor.Ranking;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Ranking;

/// <summary>The choice of coverage on numbers that can be worked out by hand.</summary>
[Collection(nameof(TensorCollection))]
public sealed class ImageCoverTests
{
    private static readonly float[] Scores = [.4f, .1f, .3f, .1f, .05f, .05f];

    [Theory]
    // The best two by score; of 1 3 4 5, places 1 and 3, which share the weight of four.
    [InlineData(4, new long[] { 0, 2, 3, 5 }, new float[] { 1, 1, 2, 2 })]
    // One alone stays for its score, and nobody stands for the others.
    [InlineData(1, new long[] { 0 }, new float[] { 1 })]
    [InlineData(6, new long[] { 0, 1, 2, 3, 4, 5 }, new float[] { 1, 1, 1, 1, 1, 1 })]
    public void Pick_EqualWeights_HalfByScoreHalfSpread(int count, long[] kept, float[] weights)
    {
        using var scope = torch.NewDisposeScope();

        var survivors = ImageCover.Pick(torch.tensor<float>(Scores, [6]), torch.arange(6), torch.ones([6]), count);

        Assert.Equal(kept, survivors.Kept.ToInt64Array());
        Assert.Equal(weights, survivors.Weights!.ToSingleArray());
    }

    [Fact]
    public void Pick_AgainstTheOrder_SpreadsAlongIt()
    {
        using var scope = torch.NewDisposeScope();
        var order = torch.tensor<long>([0, 9, 1, 2, 8, 7], [6]);

        var survivors = ImageCover.Pick(torch.tensor<float>(Scores, [6]), order, torch.ones([6]), 4);

        // The rest along the order is 3 5 4 1.
        Assert.Equal([0, 1, 2, 5], survivors.Kept.ToInt64Array());
    }

    [Fact]
    public void Pick_UnequalWeights_ScoresCountForEachTokenStoodFor()
    {
        using var scope = torch.NewDisposeScope();
        var weights = torch.tensor<float>([8, 1, 1, 1, 1, 1], [6]);

        var survivors = ImageCover.Pick(torch.tensor<float>(Scores, [6]), torch.arange(6), weights, 2);

        // Token 0 received .05 for each it stands for; token 2 is the best, and the one in the middle of the rest takes all 12.
        Assert.Equal([2, 3], survivors.Kept.ToInt64Array());
        Assert.Equal([1f, 12f], survivors.Weights!.ToSingleArray());
    }

    [Fact]
    public void ZOrder_SquareGrid_FollowsTheCurve()
    {
        var places = ZOrder.Of([new PatchGrid(1, 4, 4)]);

        Assert.Equal([0L, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15], places);
    }

    [Fact]
    public void ZOrder_SeveralImages_FollowOneAnother()
    {
        var places = ZOrder.Of([new PatchGrid(1, 1, 3), new PatchGrid(1, 2, 2)]);

        Assert.Equal([0L, 1, 2], places[..3]);
        Assert.True(places[2] < places[3]);
        Assert.Equal([0L, 1, 2, 3], places[3..].Select(place => place - places[3]));
    }

    [Fact]
    public void ZOrder_GridThatIsNoSquare_KeepsNeighboursTogether()
    {
        var places = ZOrder.Of([new PatchGrid(1, 2, 3)]);

        Assert.Equal([0L, 1, 4, 2, 3, 6], places);
    }
}
