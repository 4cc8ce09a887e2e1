using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Fovea.Planning.Shapes;

namespace Fovea.Planning.Tests.Costs;

/// <summary>Compares with numbers worked out by hand for a model small enough for that.</summary>
public sealed class ExecutedCostTests
{
    // d = 8, two heads of 4, one kv head, m = 6: weights per token 8*(8+8) + 8*(4+4) + 3*8*6 = 128 + 64 + 144 = 336.
    private static readonly ModelShape Tiny = new(
        "tiny",
        new LanguageShape(3, 8, 2, 1, 4, 6, 10),
        new VisionShape(2, 4, 6, 5, 4) { LayersRun = 1, PatchElements = 3 },
        new ProjectorShape(4, 8, 8));

    [Fact]
    public void Evaluate_Layers_CountCausalPairs()
    {
        var cost = Evaluate([4, 4, 2], new(4, 3, 2));

        // 2*336*x + 4*8*x(x+1)/2 for x = 7, 7, 5
        Assert.Equal(new double[] { 4704 + 896, 4704 + 896, 3360 + 480 }, cost.Layers);
    }

    [Fact]
    public void Evaluate_Head_IsOnePosition() => Assert.Equal(2 * 8 * 10, Evaluate([4, 4, 2], new(4, 3, 2)).Head);

    [Fact]
    public void Evaluate_Ranking_IsTheQueryRowsAgainstTheLayerBeforeTheDrop()
    {
        // Drops before layers 1 and 2: rows * 2 * 8 * (7 + 6)
        Assert.Equal(2 * 16 * 13, Evaluate([4, 3, 2], new(4, 3, 2)).Ranking);
        Assert.Equal(1 * 16 * 13, Evaluate([4, 3, 2], new(4, 3, 1)).Ranking);
    }

    [Fact]
    public void Evaluate_RankingByScorer_PaysForWhatItComputes()
    {
        double Ranking(TokenScorer scorer) => Evaluate([4, 3, 2], TokenLayout.For(scorer, 4, 3, 2)).Ranking;

        // 2 * 8 a row and key over 7 + 6 keys; next-last projects 2 queries (2*8*8 each) and 13 keys (2*8*4 each) more;
        // the raters are at most all 3 text tokens, chosen once by 4 * 3 products of 8.
        Assert.Equal(2 * 16 * 13, Ranking(TokenScorer.Instruction));
        Assert.Equal(16 * 13, Ranking(TokenScorer.Last));
        Assert.Equal((16 * 13) + (2 * 128) + (13 * 64), Ranking(TokenScorer.NextLast));
        Assert.Equal((3 * 16 * 13) + (2 * 8 * 4 * 3), Ranking(TokenScorer.Raters));
        Assert.Equal(0, Ranking(TokenScorer.Random));
    }

    [Fact]
    public void Evaluate_PooledCounts_PayTheEncoderForAllAndTheLayersForWhatIsLeft()
    {
        var pooled = Evaluate([1, 1, 1], TokenLayout.For(TokenScorer.Instruction, 4, 3, 2));

        Assert.Equal(Evaluate([4, 4, 4], new(4, 3, 2)).Vision, pooled.Vision);
        Assert.Equal(Evaluate([1, 1, 1], new(1, 3, 2)).LanguageFlops, pooled.LanguageFlops);
        Assert.Equal(0.25, pooled.MeanKeep);
    }

    [Theory]
    [InlineData(4, 4, 4)]
    [InlineData(4, 4, 0)]
    [InlineData(2, 2, 2)]
    public void Evaluate_NothingToOrder_RanksNothing(int first, int second, int third) =>
        Assert.Equal(0, Evaluate([first, second, third], new(4, 3, 2)).Ranking);

    [Fact]
    public void Evaluate_Vision_CountsRunLayersTheirAttentionAndThePatches()
    {
        // One tile of 5 tokens, one of two layers run: 2*(4*16 + 2*4*6)*5 + 4*4*5*5, patches 2*4*3*5
        Assert.Equal(1120 + 400 + 120, Evaluate([4, 4, 4], new(4, 3, 2)).Vision);
    }

    [Fact]
    public void Evaluate_TwoTiles_AttendApartUnlessAttentionSpansThem()
    {
        var spanning = Tiny with { Vision = Tiny.Vision! with { AttentionSpansTiles = true } };
        int[] counts = [8, 8, 8];

        var apart = CostModel.Evaluate(Tiny, counts, new(8, 3, 2), CostAccounting.Executed).Vision;
        var together = CostModel.Evaluate(spanning, counts, new(8, 3, 2), CostAccounting.Executed).Vision;

        Assert.Equal(2 * (1120 + 400 + 120), apart);
        Assert.Equal(apart + (4 * 4 * ((10 * 10) - (2 * 5 * 5))), together);
    }

    [Fact]
    public void Evaluate_Projector_IsTwoMatricesPerVisionToken() =>
        Assert.Equal(2 * 4 * ((4 * 8) + (8 * 8)), Evaluate([4, 4, 4], new(4, 3, 2)).Projector);

    [Fact]
    public void Evaluate_KvBytes_CountsEveryLayersTokens() =>
        Assert.Equal((7 + 7 + 5) * 2 * 4 * 2, Evaluate([4, 4, 2], new(4, 3, 2)).KvBytes);

    [Fact]
    public void Evaluate_Parts_AddUp()
    {
        var cost = Evaluate([4, 3, 2], new(4, 3, 2));

        Assert.Equal(cost.Layers.Sum() + cost.Ranking + cost.Head, cost.LanguageFlops);
        Assert.Equal(cost.Vision + cost.Projector + cost.LanguageFlops, cost.Total);
    }

    [Fact]
    public void Evaluate_NoVisionTokens_CostsNoVisionAndKeepsAll()
    {
        var cost = Evaluate([0, 0, 0], new(0, 3, 2));

        Assert.Equal((0.0, 0.0, 1.0), (cost.Vision, cost.Projector, cost.MeanKeep));
    }

    [Fact]
    public void Evaluate_PaperAccounting_TakesHeadOnAllTokensLeftAndAllPairs()
    {
        var cost = CostModel.Evaluate(Tiny, [4, 4, 2], new(4, 3, 2), CostAccounting.Paper);

        Assert.Equal(new double[] { 4704 + 1568, 4704 + 1568, 3360 + 800 }, cost.Layers);
        Assert.Equal(2 * 8 * 10 * 5, cost.Head);
        Assert.Equal(2 * 2 * 112 * 5, cost.Vision);
        Assert.Equal(0, cost.Ranking);
    }

    [Fact]
    public void Evaluate_ShortForm_RanksByEveryTextToken() =>
        Assert.Equal(Evaluate([4, 3, 2], new(4, 3, 3)), CostModel.Evaluate(Tiny, [4, 3, 2], 4, 3, CostAccounting.Executed));

    [Fact]
    public void Evaluate_WrongNumberOfCounts_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => Evaluate([4, 3], new(4, 3, 2)));

        Assert.Contains("2 counts given, but tiny has 3 layers", exception.Message, StringComparison.Ordinal);
    }

    private static CostBreakdown Evaluate(int[] counts, TokenLayout layout) =>
        CostModel.Evaluate(Tiny, counts, layout, CostAccounting.Executed);
}
