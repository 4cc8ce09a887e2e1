using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// Atomic: a revision is never split. Whoever brings it, one (epoch, revision) is one content; it holds every change that was
/// acknowledged up to it, whole, and nothing of a later one; and a difference leads to the snapshot whose digest the update names.
/// </summary>
internal sealed class AtomicValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "Atomic";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        var first = new Dictionary<Position, HistoryEvent.FeedUpdate>();
        var changes = history.Of<HistoryEvent.Committed>()
            .GroupBy(committed => committed.Stored.Policy.Name)
            .ToDictionary(group => group.Key, group => group.OrderBy(committed => committed.Stored.Revision).ToList());
        foreach (var update in history.Of<HistoryEvent.FeedUpdate>())
        {
            var at = FeedStreamView.At(update);
            if (!first.TryAdd(at, update))
            {
                findings.Check(
                    first[at].Snapshot.Equals(update.Snapshot), update.Sequence, () => $"{at} differs between streams {first[at].Stream} and {update.Stream}");
            }

            findings.Check(
                update.Digest.Length == 0 || SnapshotDigest.Of(update.Snapshot) == update.Digest, update.Sequence, () => $"{at} on stream {update.Stream} has another digest than it names");
            CheckContent(update, at, changes, findings);
        }

        return findings.ToVerdict();
    }

    private static void CheckContent(
        HistoryEvent.FeedUpdate update, Position at, Dictionary<string, List<HistoryEvent.Committed>> changes, Findings findings)
    {
        foreach (var policy in update.Snapshot.Policies)
        {
            findings.Check(policy.Revision <= at.Revision, update.Sequence, () => $"{at} holds policy '{policy.Policy.Name}' of revision {policy.Revision}");
        }

        foreach (var (name, versions) in changes)
        {
            var last = versions.FindLast(committed => committed.Stored.Epoch == at.Epoch && committed.Stored.Revision <= at.Revision)?.Stored;
            if (last is not null)
            {
                var held = update.Snapshot.Policies.FirstOrDefault(policy => policy.Policy.Name == name);
                findings.Check(IsSince(held, last), update.Sequence, () => $"{at} holds {Text(held)} of policy '{name}', revision {last.Revision} was acknowledged");
            }
        }
    }

    private static bool IsSince(StoredPolicy? held, StoredPolicy last) => held is not null && (held.Revision > last.Revision || held.Equals(last));

    private static string Text(StoredPolicy? held) => held is null ? "nothing" : FormattableString.Invariant($"revision {held.Revision}");
}
