using System.Diagnostics.Metrics;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Chooses the upper bounds of a histogram's buckets.</summary>
internal static class MetricBuckets
{
    private static readonly double[] Seconds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100];

    private static readonly double[] Bytes =
        [1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864, 268435456, 1073741824, 4294967296];

    private static readonly double[] Ratios = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000];

    /// <summary>The bounds that the instrument advises, else those that fit its unit.</summary>
    public static double[] Of(Instrument instrument) => Advised(instrument) ?? instrument.Unit switch
    {
        "s" => Seconds,
        "By" => Bytes,
        "1" => Ratios,
        _ => Counts,
    };

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => Convert(histogram.Advice?.HistogramBucketBoundaries),
        Histogram<float> histogram => Convert(histogram.Advice?.HistogramBucketBoundaries),
        Histogram<long> histogram => Convert(histogram.Advice?.HistogramBucketBoundaries),
        Histogram<int> histogram => Convert(histogram.Advice?.HistogramBucketBoundaries),
        _ => null,
    };

    private static double[]? Convert<T>(IReadOnlyList<T>? boundaries)
        where T : struct, IConvertible =>
        boundaries is { Count: > 0 } ? [.. boundaries.Select(bound => bound.ToDouble(null)).Order()] : null;
}
