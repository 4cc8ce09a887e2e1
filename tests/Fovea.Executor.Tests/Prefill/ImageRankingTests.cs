using System.Collections.Immutable;
using Fovea.Executor.Dropping;
using Fovea.Executor.Prefill;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>Survivors of several images, each ranked by itself.</summary>
[Collection(nameof(TensorCollection))]
public sealed class ImageRankingTests
{
    private static readonly float[] Scores = [.1f, .4f, .3f, .2f, .6f, .5f, .0f, .9f, .9f];

    [Theory]
    [InlineData(2, 1, 1, new long[] { 1, 2, 4, 7 })]
    [InlineData(4, 2, 3, new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(0, 2, 0, new long[] { 4, 5 })]
    [InlineData(1, 0, 2, new long[] { 1, 7, 8 })]
    public void Pick_ThreeImages_KeepsTheBestOfEach(int first, int second, int third, long[] expected)
    {
        using var scope = torch.NewDisposeScope();

        var survivors = ImageRanking.Pick(Plan(TokenScorer.Instruction, first, second, third), 1, Rows(), torch.tensor<float>(Scores, [Scores.Length]));

        Assert.Equal(expected, survivors.Kept.ToInt64Array());
        Assert.Null(survivors.Weights);
    }

    [Fact]
    public void Pick_Random_DrawsFromEachImageItsNumber()
    {
        using var scope = torch.NewDisposeScope();

        var kept = ImageRanking.Pick(Plan(TokenScorer.Random, 2, 1, 2) with { Seed = 5 }, 1, Rows(), null).Kept.ToInt64Array();

        Assert.Equal((2, 1, 2), (kept.Count(id => id < 4), kept.Count(id => id is 4 or 5), kept.Count(id => id > 5)));
    }

    [Fact]
    public void Pick_Coverage_WeighsEachImagesTokensForThatImageAlone()
    {
        using var scope = torch.NewDisposeScope();

        var survivors = ImageRanking.Pick(Plan(TokenScorer.Coverage, 2, 2, 1), 1, Rows(), torch.tensor<float>(Scores, [Scores.Length]));

        // Of four one stays for its score and one for the three others; both of two stay; of three only the best is left.
        Assert.Equal([1f, 3f, 1f, 1f, 1f], survivors.Weights!.ToSingleArray());
        Assert.Equal(5, survivors.Kept.shape[0]);
    }

    [Fact]
    public void Of_KeptIndices_CountsEachImagesInEveryLayer()
    {
        var kept = ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty.Add(1, [1, 2, 4]).Add(3, [4]);

        var counts = ImageTally.Of([4, 2], 4, kept);

        Assert.Equal([4, 2, 2, 0], counts[0].AsEnumerable());
        Assert.Equal([2, 1, 1, 1], counts[1].AsEnumerable());
    }

    private static KeepPlan Plan(TokenScorer scorer, params int[] left) => KeepPlan.Full("m", "r", 2, 9) with
    {
        Counts = [9, left.Sum()],
        Scope = BudgetScope.PerImage,
        ImageCounts = [[4, left[0]], [2, left[1]], [3, left[2]]],
        Scorer = scorer,
    };

    private static TokenRows Rows() => new()
    {
        Hidden = torch.zeros([9, 1]),
        Positions = torch.arange(0, 9, 1, ScalarType.Int64, torch.CPU),
        TextIndex = torch.tensor<long>([], [0]),
        VisionIndex = torch.arange(0, 9, 1, ScalarType.Int64, torch.CPU),
        VisionIds = torch.arange(0, 9, 1, ScalarType.Int64, torch.CPU),
        VisionOrder = torch.arange(0, 9, 1, ScalarType.Int64, torch.CPU),
    };
}
