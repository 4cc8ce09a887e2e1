using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Turns scores into losses and losses into the metric as people read it: percent of answers, or nats.</summary>
internal static class MetricScale
{
    private const double Percent = 100;

    /// <summary>Returns the loss of one question: 0 or 1, or nats that are not negative.</summary>
    public static double LossOf(Metric metric, SampleScore score) => metric switch
    {
        Metric.Accuracy => score.Correct ? 0 : 1,
        Metric.Agreement => score.Agrees ? 0 : 1,
        Metric.Nll => Math.Max(0, score.Nll),
        Metric.Kl => Math.Max(0, score.Kl),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "unknown metric"),
    };

    /// <summary>Returns the metric of a mean loss.</summary>
    public static double MetricOf(Metric metric, double meanLoss) => IsShare(metric) ? Percent * (1 - meanLoss) : meanLoss;

    /// <summary>Returns the tolerance of the mean loss.</summary>
    public static double ToleranceOf(SearchSpec spec) => IsShare(spec.Metric) ? spec.Tolerance / Percent : spec.Tolerance;

    /// <summary>Returns which values losses can have.</summary>
    public static LossKind KindOf(Metric metric) => IsShare(metric) ? LossKind.Binary : LossKind.Nats;

    /// <summary>Returns the word for a metric.</summary>
    public static string NameOf(Metric metric) => metric switch
    {
        Metric.Accuracy => "accuracy",
        Metric.Agreement => "agreement",
        Metric.Nll => "nll",
        Metric.Kl => "kl",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "unknown metric"),
    };

    private static bool IsShare(Metric metric) => metric is Metric.Accuracy or Metric.Agreement;
}
