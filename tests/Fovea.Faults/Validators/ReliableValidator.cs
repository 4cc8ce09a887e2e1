using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// Reliable: nothing that was acknowledged is lost. At rest every scheduler stands at one revision; it stores, for each policy,
/// the last change that was acknowledged or a later one; and every observer of the feed holds that revision. An operator who begins a
/// new epoch loses nothing either: it holds what was acknowledged last in the one before.
/// </summary>
/// <remarks>
/// The feed joins revisions, so etcd's "no gaps" means here: a state never lacks the effect of an earlier change, which
/// <see cref="AtomicValidator"/> checks for each update, and the newest always comes at last, which is checked here.
/// </remarks>
internal sealed class ReliableValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "Reliable";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        var finals = history.Of<HistoryEvent.FinalScheduler>().ToList();
        foreach (var final in finals)
        {
            CheckStored(history, final, findings);
            CheckSame(finals[0], final, findings);
        }

        if (finals.Count > 0)
        {
            CheckObservers(history, At(finals[0]), findings);
        }

        return findings.ToVerdict();
    }

    private static Position At(HistoryEvent.FinalScheduler final) => new(final.Policies.Epoch, final.Policies.Revision);

    private static void CheckSame(HistoryEvent.FinalScheduler first, HistoryEvent.FinalScheduler other, Findings findings) => findings.Check(
        At(first) == At(other) && first.Policies.Policies.Equals(other.Policies.Policies),
        other.Sequence,
        () => $"scheduler {other.Scheduler} stands at {At(other)}, {first.Scheduler} at {At(first)}, or their policies differ");

    private static void CheckStored(History history, HistoryEvent.FinalScheduler final, Findings findings)
    {
        var last = history.Of<HistoryEvent.Committed>()
            .GroupBy(committed => committed.Stored.Policy.Name)
            .Select(group => group.MaxBy(committed => new Position(committed.Stored.Epoch, committed.Stored.Revision))!);
        foreach (var committed in last)
        {
            var stored = final.Policies.Policies.FirstOrDefault(policy => policy.Policy.Name == committed.Stored.Policy.Name);
            var wanted = new Position(committed.Stored.Epoch, committed.Stored.Revision);
            var found = stored is null ? default : new Position(stored.Epoch, stored.Revision);
            findings.Check(
                stored is not null && (stored.Equals(committed.Stored) || (found > wanted && (found.Epoch == wanted.Epoch || MayFollow(stored, committed, history)))),
                final.Sequence,
                () => $"scheduler {final.Scheduler} stores {(stored is null ? "no" : found)} of policy '{committed.Stored.Policy.Name}', {wanted} was acknowledged");
        }
    }

    /// <summary>Whether a policy of a later epoch is what was acknowledged last, or a change after it whose acknowledgement was lost.</summary>
    private static bool MayFollow(StoredPolicy stored, HistoryEvent.Committed last, History history) =>
        stored.Policy.Equals(last.Stored.Policy)
        || history.Of<HistoryEvent.CommitSent>().Any(sent => sent.Sequence > last.Sequence && Normal(sent.Policy).Equals(stored.Policy));

    private static Policy Normal(Policy policy) => PolicyMapping.ToDomain(policy) is { IsValid: true } valid ? PolicyMapping.ToProto(valid.Value) : policy;

    private static void CheckObservers(History history, Position newest, Findings findings)
    {
        var streams = FeedStreamView.AllOf(history).ToLookup(stream => stream.Opened.Observer);
        foreach (var observer in streams)
        {
            var held = observer.SelectMany(stream => stream.Updates).Select(FeedStreamView.At).Append(default).Max();
            findings.Check(held == newest, history.Events.Length - 1, () => $"observer {observer.Key} holds {held} at the end, the store stands at {newest}");
        }
    }
}
