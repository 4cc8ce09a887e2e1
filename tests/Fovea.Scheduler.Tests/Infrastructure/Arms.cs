using Fovea.Contracts.V1;
using Fovea.Scheduler.Canaries;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Makes what executors report of policy versions.</summary>
internal static class Arms
{
    private static readonly double[] Bounds = [10, 20, 40, 80, 160, 320];

    /// <summary>Gives a report; times to the first token are all the same.</summary>
    public static ArmReport Report(bool canary, long requests, long failures = 0, double ttft = 30, string policy = "default", long revision = 2)
    {
        var report = new ArmReport { Policy = policy, PolicyRevision = revision, Canary = canary, Requests = requests, Failures = failures };
        report.TtftBoundsMs.AddRange(Bounds);
        report.TtftCounts.AddRange(Enumerable.Repeat(0L, Bounds.Length + 1));
        var bucket = Array.FindIndex(Bounds, bound => ttft <= bound);
        report.TtftCounts[bucket < 0 ? Bounds.Length : bucket] = requests;
        return report;
    }

    /// <summary>Gives a canary's report with shadow runs.</summary>
    public static ArmReport Shadowed(long requests, long runs, double agreements)
    {
        var report = Report(canary: true, requests);
        (report.ShadowRuns, report.ShadowAgreementSum) = (runs, agreements);
        return report;
    }

    public static ArmTotals Totals(long requests, long failures = 0, double ttft = 30) => ArmTotals.Of(Report(canary: true, requests, failures, ttft));

    public static LoadReport Load(params ArmReport[] arms) => new() { Arms = { arms } };
}
