using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Statistics;

namespace Fovea.Cli.Studies;

/// <summary>Is how alike the rankings of adjacent layers are on a model, and how large its scores are.</summary>
internal sealed record RankingStudy
{
    private const double Confidence = 0.95;

    /// <summary>Gets the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the set's name.</summary>
    public required string Set { get; init; }

    /// <summary>Gets the word for the scorer.</summary>
    public required string Scorer { get; init; }

    /// <summary>Gets the questions studied.</summary>
    public required int Samples { get; init; }

    /// <summary>Gets Kendall's tau-b of layers 0 and 1, 1 and 2, ...</summary>
    public required ImmutableArray<LayerMean> Tau { get; init; }

    /// <summary>Gets the median score of a vision token in each layer.</summary>
    public required ImmutableArray<LayerMean> MedianScore { get; init; }

    /// <summary>Returns the means over samples, with t intervals.</summary>
    public static (ImmutableArray<LayerMean> Tau, ImmutableArray<LayerMean> MedianScore) Summarize(IReadOnlyList<SampleRankings> samples) => (
        ByLayer(samples, sample => sample.Tau),
        ByLayer(samples, sample => sample.MedianScore));

    private static ImmutableArray<LayerMean> ByLayer(IReadOnlyList<SampleRankings> samples, Func<SampleRankings, IReadOnlyList<double>> values)
    {
        var layers = samples.Count == 0 ? 0 : samples.Min(sample => values(sample).Count);
        return [.. Enumerable.Range(0, layers).Select(layer => Summarize([.. samples.Select(sample => values(sample)[layer]).Where(double.IsFinite)]))];
    }

    private static LayerMean Summarize(double[] values)
    {
        if (values.Length == 0)
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        var mean = values.Average();
        if (values.Length == 1)
        {
            return new(mean, mean, mean);
        }

        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        var half = StudentT.Quantile((1 + Confidence) / 2, values.Length - 1) * deviation / Math.Sqrt(values.Length);
        return new(mean, mean - half, mean + half);
    }
}
