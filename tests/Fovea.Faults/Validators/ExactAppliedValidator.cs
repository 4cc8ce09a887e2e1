using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// ExactApplied: at rest the schedulers' list of executors is exact. Every executor is listed as connected by a scheduler, and
/// what a scheduler says of a connected one is what that executor says itself.
/// </summary>
internal sealed class ExactAppliedValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "ExactApplied";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        var told = history.Of<HistoryEvent.FinalFleet>().Where(fleet => fleet.Status.Connected).ToLookup(fleet => fleet.Status.ExecutorId);
        foreach (var own in history.Of<HistoryEvent.FinalApplied>())
        {
            findings.Check(told[own.Executor].Any(), own.Sequence, () => $"no scheduler lists {own.Executor} as connected");
            foreach (var fleet in told[own.Executor])
            {
                var (said, applied) = (new Position(fleet.Status.AppliedEpoch, fleet.Status.AppliedRevision), new Position(own.Epoch, own.Revision));
                findings.Check(said == applied && fleet.Status.AppliedDigest == own.Digest, fleet.Sequence, () => $"scheduler {fleet.Scheduler} says that {own.Executor} has applied {said}, it says {applied}, or their digests differ");
            }
        }

        return findings.ToVerdict();
    }
}
