using Fovea.Cli.Comparison;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Comparison;

public sealed class CandidateOrderTests
{
    [Fact]
    public void Shared_EqualRates_CountUntilTheyDiffer() =>
        Assert.Equal(3, CandidateOrder.Shared(Trial(Scorer.Last, 1, 1, 0.5, 0.4), Trial(Scorer.Last, 1, 1, 0.5, 0.3)));

    [Fact]
    public void Shared_OtherScorer_OnlyFullLayersCount() =>
        Assert.Equal(2, CandidateOrder.Shared(Trial(Scorer.Last, 1, 1, 0.5, 0.4), Trial(Scorer.Instruction, 1, 1, 0.5, 0.4)));

    [Fact]
    public void Shared_OtherPooling_IsNothing()
    {
        var pooled = Trial(Scorer.Last, 1, 1);
        pooled.Pool = 2;

        Assert.Equal(0, CandidateOrder.Shared(pooled, Trial(Scorer.Last, 1, 1)));
    }

    [Fact]
    public void Of_Mixed_SharesMoreThanAsGiven()
    {
        Candidate[] given =
        [
            Trial(Scorer.Last, 1, 1, 0.5, 0.4), Trial(Scorer.Instruction, 1, 1, 1, 0.4), Trial(Scorer.Last, 1, 1, 0.5, 0.3), Trial(Scorer.Instruction, 1, 1, 1, 0.3),
        ];

        Candidate[] ordered = [.. CandidateOrder.Of(given).Select(place => given[place])];
        CandidateOrder.Share(ordered);

        Assert.Equal([3, 2, 3, 0], ordered.Select(candidate => candidate.SharedLayers));
        Assert.Equal([Scorer.Instruction, Scorer.Instruction, Scorer.Last, Scorer.Last], ordered.Select(candidate => candidate.Scorer));
    }

    private static Candidate Trial(Scorer scorer, params double[] rates) => CandidateBuilder.Trial(rates, 0, scorer);
}
