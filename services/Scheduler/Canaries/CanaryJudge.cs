using System.Globalization;
using Fovea.Statistics;

namespace Fovea.Scheduler.Canaries;

/// <summary>Judges a canary by its guard.</summary>
/// <remarks>
/// A limit is broken only when chance does not explain it: each number is taken at the end of its interval that speaks for the canary.
/// Intervals are Chernoff's, which hold for any number of requests; <c>doubt</c> is the probability of being wrong at one end.
/// <code>
/// errors       low end of the canary's share of failures - high end of the rest's        above max_error_rate_above
///              (before the rest has served anything it counts as without failures)
/// agreement    high end of the mean agreement of shadow runs                             below min_agreement
/// latency      low end of the canary's median / high end of the rest's median            above max_ttft_ratio
/// </code>
/// Nothing is judged before the canary has served min_requests. Example, doubt 0.001: 20 failures of 20 beside none of 180 are at
/// least 0.71 against at most 0.04; 1 failure of 20 is at least 0.0003, which breaks no limit.
/// </remarks>
internal static class CanaryJudge
{
    /// <summary>Returns what is to be said of a canary; of several broken limits the first in the order above.</summary>
    /// <param name="limits">Its guard.</param>
    /// <param name="canary">What it served.</param>
    /// <param name="rest">What the version beside it served since the canary began.</param>
    /// <param name="doubt">Probability, in (0, 1), with which chance is taken for a fault at one end of one interval.</param>
    public static CanaryVerdict Judge(CanaryLimits limits, ArmTotals canary, ArmTotals rest, double doubt)
    {
        if (canary.Requests < Math.Max(1, limits.MinRequests))
        {
            return new CanaryVerdict(CanaryFinding.Waiting, Text($"{canary.Requests} requests of {limits.MinRequests} before it is judged"));
        }

        return Errors(limits, canary, rest, doubt)
            ?? Agreement(limits, canary, doubt)
            ?? Latency(limits, canary.Latencies, rest.Latencies, doubt)
            ?? Sound(limits, canary);
    }

    private static CanaryVerdict Sound(CanaryLimits limits, ArmTotals canary) => limits.Agreement is not null && canary.ShadowRuns == 0
        ? new CanaryVerdict(CanaryFinding.Waiting, "no shadow run has ended yet")
        : new CanaryVerdict(CanaryFinding.Healthy, Text($"no limit is broken after {canary.Requests} requests and {canary.ShadowRuns} shadow runs"));

    private static CanaryVerdict? Errors(CanaryLimits limits, ArmTotals canary, ArmTotals rest, double doubt)
    {
        var least = Chernoff.TrueMean(Share(canary.Failures, canary.Requests), canary.Requests, doubt).Low;
        var most = rest.Requests == 0 ? 0 : Chernoff.TrueMean(Share(rest.Failures, rest.Requests), rest.Requests, doubt).High;
        return least - most <= limits.ErrorsAbove ? null : new CanaryVerdict(
            CanaryFinding.Errors,
            Text($"{canary.Failures} of {canary.Requests} requests failed (share {Share(canary.Failures, canary.Requests):0.000}, at least {least:0.000}), ")
            + Text($"of the rest {rest.Failures} of {rest.Requests} (share {Share(rest.Failures, rest.Requests):0.000}, at most {most:0.000}); ")
            + Text($"max_error_rate_above is {limits.ErrorsAbove:0.000}"));
    }

    private static CanaryVerdict? Agreement(CanaryLimits limits, ArmTotals canary, double doubt)
    {
        if (limits.Agreement is not { } least || canary.ShadowRuns == 0)
        {
            return null;
        }

        var mean = canary.Agreements / canary.ShadowRuns;
        var most = Chernoff.TrueMean(mean, canary.ShadowRuns, doubt).High;
        return most >= least ? null : new CanaryVerdict(
            CanaryFinding.Agreement,
            Text($"agreement {mean:0.000} with the full model in {canary.ShadowRuns} shadow runs, at most {most:0.000}; min_agreement is {least:0.000}"));
    }

    /// <summary>The k-th of n times is below the median at most as often as n throws of a coin show k heads or more.</summary>
    private static CanaryVerdict? Latency(CanaryLimits limits, Latencies canary, Latencies rest, double doubt)
    {
        var (low, high) = (Chernoff.SampleMean(0.5, canary.Count, doubt).Low, Chernoff.SampleMean(0.5, rest.Count, doubt).High);
        if (low <= 0 || high >= 1)
        {
            return null; // so few that the median could be anything
        }

        var (least, most) = (canary.Quantile(low), rest.Quantile(high));
        return least <= limits.TtftRatio * most ? null : new CanaryVerdict(
            CanaryFinding.Latency,
            Text($"median time to the first token {canary.Quantile(0.5):0.0} ms of {canary.Count} requests, at least {least:0.0} ms; ")
            + Text($"of the rest {rest.Quantile(0.5):0.0} ms of {rest.Count}, at most {most:0.0} ms; max_ttft_ratio is {limits.TtftRatio:0.00}"));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
