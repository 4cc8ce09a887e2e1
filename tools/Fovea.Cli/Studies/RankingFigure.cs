using System.Collections.Immutable;
using Fovea.Cli.Charts;

namespace Fovea.Cli.Studies;

/// <summary>Draws a study of rankings beside the published values.</summary>
internal static class RankingFigure
{
    private const string Published = "published, figure 1a";
    private const string PublishedSecond = "published, figure 1b (first; mean of others)";
    private const string PublishedScores = "published, figure 6";

    /// <summary>Returns the drawing: correlations above, scores below; the model to the left, the published values to the right.</summary>
    public static Figure Of(RankingStudy study) => new(
        $"Rankings of vision tokens in adjacent layers: {study.Model} on '{study.Set}'",
        $"{study.Samples} questions, scorer {study.Scorer}; bars are 95 % intervals; published values (arXiv 2412.00556) of models of 32 layers",
        [
            new(study.Model, Pairs(study.Tau.Length), TauAxis(study), [Measured(study, study.Tau)]),
            new("published", Pairs(PublishedFigures.RankCorrelations.Length), TauAxis(study) with { Label = "rank correlation" }, PublishedTau()),
            new(study.Model, Layers(study.MedianScore.Length, 0), new("median score of a vision token", Least: 0), [Measured(study, study.MedianScore)]),
            new("published", Layers(PublishedFigures.MedianScores.Length, 1), new("median score of a vision token", Least: 0), [new(PublishedScores, Points(PublishedFigures.MedianScores, 1))]),
        ]);

    // Both panels have one scale; it begins at 0 unless a ranking turns around.
    private static ChartAxis TauAxis(RankingStudy study) =>
        new("Kendall's tau-b", study.Tau.Any(mean => mean.Low < 0) ? Math.Floor(study.Tau.Min(mean => mean.Low) * 5) / 5 : 0, 1);

    private static ChartAxis Pairs(int count) => new("pair of adjacent layers, 1 is the first two", 0.5, count + 0.5, IsWhole: true);

    private static ChartAxis Layers(int count, int first) => new(first == 0 ? "layer, from 0" : "layer, from 1", first - 0.5, first + count - 0.5, IsWhole: true);

    private static ChartSeries Measured(RankingStudy study, ImmutableArray<LayerMean> means)
    {
        var first = means == study.Tau ? 1 : 0;
        return new(study.Model, [.. means.Select((mean, index) => new ChartPoint(first + index, mean.Mean, mean.Low, mean.High))]);
    }

    private static ImmutableArray<ChartSeries> PublishedTau()
    {
        var (first, others) = PublishedFigures.SecondRankCorrelations;
        var count = PublishedFigures.RankCorrelations.Length;
        return
        [
            new(Published, Points(PublishedFigures.RankCorrelations, 1)),
            new(PublishedSecond, [new(1, first), new(2, others), new(count, others)], ChartLine.Dashed),
        ];
    }

    private static ImmutableArray<ChartPoint> Points(ImmutableArray<double> values, int first) =>
        [.. values.Select((value, index) => new ChartPoint(first + index, value))];
}
