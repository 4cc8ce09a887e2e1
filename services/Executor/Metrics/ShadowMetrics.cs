using System.Diagnostics.Metrics;

namespace Fovea.Executor.Metrics;

/// <summary>Owns the instruments of shadow runs, which are no requests and in no metric of requests.</summary>
internal sealed class ShadowMetrics
{
    private static readonly double[] Shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 1];

    private readonly Counter<long> _runs;
    private readonly Histogram<double> _agreement;

    /// <summary>Makes the instruments.</summary>
    public ShadowMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(ExecutorMetrics.MeterName);
        _runs = meter.CreateCounter<long>("executor_shadow_runs_total", description: "Answers of canaries chosen to be compared with the full model's, by what became of that");
        _agreement = meter.CreateHistogram(
            "executor_shadow_agreement",
            "1",
            "Share of equal leading tokens of canaries' answers and the full model's",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = Shares });
    }

    /// <summary>Counts a shadow run, by <see cref="ShadowResults"/>.</summary>
    public void Ended(string result) => _runs.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>Records an agreement.</summary>
    public void Agreed(double agreement) => _agreement.Record(agreement);
}
