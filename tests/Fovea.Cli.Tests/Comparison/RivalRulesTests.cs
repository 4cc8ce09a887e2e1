using Fovea.Cli.Comparison;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Comparison;

public sealed class RivalRulesTests
{
    [Theory]
    [InlineData(32, "8/16/24", "2/6/15")]
    [InlineData(12, "3/6/9", "1/2/6")]
    [InlineData(24, "6/12/18", "2/4/11")]
    [InlineData(4, "1/2/3", "1/2/3")]
    public void Layers_OfADepth_AreScaledAndAscending(int layers, string pdrop, string sparse)
    {
        Assert.Equal(pdrop, string.Join('/', RivalRules.PDropLayers(layers)));
        Assert.Equal(sparse, string.Join('/', RivalRules.SparseLayers(layers)));
    }

    [Fact]
    public void At_Budget_EachHasItsOwnScorerAndPositions()
    {
        var rules = RivalRules.At(0.28, 12, Request).ToDictionary(rule => rule.Method.Key);

        Assert.Equal(("fastv:K=2,mean=0.28", Scorer.Last, PositionMode.Keep), Facts(rules["fastv"]));
        Assert.Equal(("pdrop:layers=3/6/9,mean=0.28", Scorer.NextLast, PositionMode.Renumber), Facts(rules["pdrop"]));
        Assert.Equal(("sparsevlm:layers=1/2/6,mean=0.28", Scorer.Raters, PositionMode.Keep), Facts(rules["sparsevlm"]));
        Assert.Equal(("uniform:mean=0.28,first=3", Scorer.Instruction, PositionMode.Keep), Facts(rules["flat"]));
        Assert.Equal(("uniform:mean=0.28,first=3", Scorer.Random, PositionMode.Keep), Facts(rules["random"]));
        Assert.Equal(("vtw:mean=0.28", Scorer.Last, PositionMode.Keep), Facts(rules["vtw"]));
        Assert.Equal(Scorer.Instruction, rules["fastv-same-scorer"].Scorer);
    }

    private static CompareRequest Request { get; } = new()
    {
        Budgets = [0.28],
        FirstLayer = 3,
        Scorer = Scorer.Instruction,
        RandomSeeds = 10,
        WithSameScorer = true,
    };

    private static (string Spec, Scorer Scorer, PositionMode Positions) Facts(RivalRule rule) => (rule.Spec, rule.Scorer, rule.Positions);
}
