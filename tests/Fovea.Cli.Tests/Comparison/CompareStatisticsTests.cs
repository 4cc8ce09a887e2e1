using System.Collections.Immutable;
using Fovea.Cli.Comparison;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Comparison;

public sealed class CompareStatisticsTests
{
    private const int Questions = 100;

    [Fact]
    public void Rows_Counts_AreThoseOfTheScores()
    {
        // The full model has 0..98 right; P-Sigmoid 0..89 and 99; the rival 0..59.
        var rows = Rows((CompareMethod.Full, [Right(0, 99)]), (CompareMethod.PSigmoid, [Right(0, 90, 99)]), (CompareMethod.FastV, [Right(0, 60)]));

        Assert.Equal([99, 91, 60], rows.Select(row => row.Accuracy));
        Assert.Equal([(0, 0), (9, 1), (39, 0)], rows.Select(row => (row.Lost, row.Won)));
        Assert.Equal((1.5, 3.0, 0.25), (rows[1].Gflops, rows[1].FullGflops, rows[1].MeanKeep));
        Assert.Equal(91.0, rows[1].Accuracy);
        Assert.InRange(rows[1].Low, 83.7, 83.9); // Wilson of 91 in 100: 0.8377 .. 0.9519
        Assert.InRange(rows[1].High, 95.1, 95.3);
    }

    [Fact]
    public void Rows_Tests_AreExactAndCorrectedForAll()
    {
        var rows = Rows(
            (CompareMethod.Full, [Right(0, 100)]), (CompareMethod.PSigmoid, [Right(0, 90)]), (CompareMethod.FastV, [Right(0, 84)]), (CompareMethod.Vtw, [Right(0, 40)]));

        Assert.Null(rows[0].Test);
        Assert.Null(rows[1].Test);
        Assert.Equal((6, 0), (rows[2].Test!.Better, rows[2].Test!.Worse));
        Assert.Equal(Math.Pow(2, -5), rows[2].Test!.P, 1e-12); // 2 / 2^6
        Assert.Equal(Math.Pow(2, -5), rows[2].Test!.HolmP, 1e-12); // the larger of two stays
        Assert.Equal(Math.Pow(2, -49), rows[3].Test!.P, 1e-20);
        Assert.Equal(Math.Pow(2, -48), rows[3].Test!.HolmP, 1e-20);
        Assert.Equal(["better", "better"], rows.Skip(2).Select(row => row.Test!.Verdict));
    }

    [Fact]
    public void Rows_EqualRival_IsATie()
    {
        var rows = Rows((CompareMethod.Full, [Right(0, 100)]), (CompareMethod.PSigmoid, [Right(0, 90)]), (CompareMethod.Flat, [Right(2, 90, 95)]));

        Assert.Equal((2, 1, "tie"), (rows[2].Test!.Better, rows[2].Test!.Worse, rows[2].Test!.Verdict));
        Assert.Equal(1, rows[2].Test!.P, 1e-12);
    }

    [Fact]
    public void Rows_SeveralSeeds_MeanIsShownAndTheBestIsTested()
    {
        var rows = Rows((CompareMethod.Full, [Right(0, 100)]), (CompareMethod.PSigmoid, [Right(0, 90)]), (CompareMethod.Random, [Right(0, 50), Right(0, 70), Right(0, 60)]));

        Assert.Equal(60, rows[2].Accuracy, 1e-9);
        Assert.Equal((double[])[50, 70, 60], rows[2].BySeed.Select(share => Math.Round(share, 9)));
        Assert.Equal((30, 20), (rows[2].Lost, rows[2].Test!.Better));
    }

    private static ImmutableArray<CompareRow> Rows(params (CompareMethod Method, bool[][] Trials)[] methods) => CompareStatistics.Rows(
        [.. methods.Select(method => new CompareCandidate(method.Method, method.Method == CompareMethod.Full ? null : 0.3, "spec", [new Candidate()]))],
        [.. methods.Select(method => (IReadOnlyList<IReadOnlyList<SampleScore>>)[.. method.Trials.Select(Scores)])]);

    private static IReadOnlyList<SampleScore> Scores(bool[] right) =>
        [.. right.Select(correct => new SampleScore { Correct = correct, PrefillFlops = 1.5e9, FullPrefillFlops = 3e9, MeanKeep = 0.25 })];

    private static bool[] Right(int from, int to, params int[] more) =>
        [.. Enumerable.Range(0, Questions).Select(index => (index >= from && index < to) || more.Contains(index))];
}
