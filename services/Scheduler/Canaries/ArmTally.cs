using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Adds up what one executor reports of one version, over its restarts.</summary>
/// <remarks>
/// Reports are cumulative from the start of the executor's process. What ended processes have counted stays, and the counts of the
/// next are added to it, so a restart neither hides evidence nor makes any. Of one named process a report with any count below the
/// one before is an older one, which has come on another way; of an unnamed one it is the first of the next process.
/// </remarks>
internal sealed class ArmTally
{
    private ArmTotals _ended = ArmTotals.None;
    private ArmReport? _last;

    /// <summary>Gets everything counted.</summary>
    public ArmTotals Total => _last is null ? _ended : _ended.Plus(ArmTotals.Of(_last));

    /// <summary>Takes a valid report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="isNamed">Whether all reports are of one process.</param>
    public void Take(ArmReport report, bool isNamed)
    {
        var isBelow = _last is not null && IsBelow(report, _last);
        if (isBelow && isNamed)
        {
            return;
        }

        _ended = isBelow ? Total : _ended;
        _last = report;
    }

    private static bool IsBelow(ArmReport report, ArmReport before) =>
        report.Requests < before.Requests
        || report.Failures < before.Failures
        || report.ShadowRuns < before.ShadowRuns
        || report.ShadowAgreementSum < before.ShadowAgreementSum
        || !report.TtftBoundsMs.Equals(before.TtftBoundsMs)
        || report.TtftCounts.Zip(before.TtftCounts).Any(pair => pair.First < pair.Second);
}
