using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Checks that a report can be counted with: an executor's fault must not end a canary.</summary>
internal static class ArmCheck
{
    private const int MostBounds = 1000;

    /// <summary>Returns what is wrong with a report; empty when nothing is.</summary>
    public static string FaultOf(ArmReport report)
    {
        if (report.Requests < 0 || report.Failures < 0 || report.Failures > report.Requests)
        {
            return $"{report.Failures} failures of {report.Requests} requests";
        }

        if (report.ShadowRuns < 0 || !(report.ShadowAgreementSum >= 0 && report.ShadowAgreementSum <= report.ShadowRuns))
        {
            return $"agreements of {report.ShadowAgreementSum} in {report.ShadowRuns} shadow runs";
        }

        var (bounds, counts) = (report.TtftBoundsMs, report.TtftCounts);
        if (counts.Count > 0 && (bounds.Count == 0 || bounds.Count > MostBounds || counts.Count != bounds.Count + 1))
        {
            return $"{counts.Count} counts of times within {bounds.Count} bounds";
        }

        var areRising = bounds.Zip(bounds.Skip(1)).All(pair => pair.First < pair.Second);
        return counts.Any(count => count < 0) || bounds.Any(bound => !(bound > 0 && double.IsFinite(bound))) || !areRising
            ? "counts below zero, or bounds that do not rise from above zero"
            : string.Empty;
    }
}
