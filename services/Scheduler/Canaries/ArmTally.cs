using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Adds up what one executor reports of one version, over its restarts.</summary>
/// <remarks>
/// Reports are cumulative from the executor's start. A report with any count below the one before is the first of a new process: what
/// was counted before stays, and the new counts are added to it, so a restart neither hides evidence nor makes any.
/// </remarks>
internal sealed class ArmTally
{
    private ArmTotals _ended = ArmTotals.None;
    private ArmReport? _last;

    /// <summary>Gets everything counted.</summary>
    public ArmTotals Total => _last is null ? _ended : _ended.Plus(ArmTotals.Of(_last));

    /// <summary>Takes a valid report.</summary>
    public void Take(ArmReport report)
    {
        if (_last is not null && IsBelow(report, _last))
        {
            _ended = Total;
        }

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
