using Fovea.Contracts.V1;
using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>Puts together what the store held at each revision, from all that was observed.</summary>
/// <remarks>
/// A revision that was never observed is made from the nearest one before it and the changes in between. A change whose
/// acknowledgement was lost may stand at a revision that nobody claims: then every possibility is returned. Used by one thread.
/// </remarks>
internal sealed class SnapshotLog
{
    private const int MostPossibilities = 256;

    private readonly SortedDictionary<Position, Snapshot> _observed = [];
    private readonly Dictionary<Position, (string Name, StoredPolicy? Stored)> _changes = [];
    private readonly Dictionary<Position, IReadOnlyList<Snapshot>> _made = [];
    private readonly List<Policy> _unsure = [];

    /// <summary>Reads a history.</summary>
    public SnapshotLog(History history)
    {
        foreach (var update in history.Of<HistoryEvent.FeedUpdate>())
        {
            _observed.TryAdd(FeedStreamView.At(update), update.Snapshot);
        }

        foreach (var stored in history.Of<HistoryEvent.Committed>().Select(committed => committed.Stored))
        {
            _changes.TryAdd(new Position(stored.Epoch, stored.Revision), (stored.Policy.Name, stored));
        }

        foreach (var version in history.Of<HistoryEvent.Told>().Select(told => told.Version))
        {
            _changes.TryAdd(new Position(version.Epoch, version.Revision), (version.Name, version.Policy));
        }

        var sure = history.Of<HistoryEvent.Committed>().Select(committed => committed.Swap)
            .Concat(history.Of<HistoryEvent.NotCommitted>().Where(lost => lost.IsCertain).Select(lost => lost.Swap))
            .ToHashSet(StringComparer.Ordinal);
        _unsure.AddRange(history.Of<HistoryEvent.CommitSent>().Where(sent => !sure.Contains(sent.Swap)).Select(sent => sent.Policy));
    }

    /// <summary>Returns what the store held at a position: one state, several that are possible, or none when that is not known.</summary>
    public IReadOnlyList<Snapshot> At(Position position)
    {
        if (!_made.TryGetValue(position, out var states))
        {
            states = Make(position);
            _made.Add(position, states);
        }

        return states;
    }

    private IReadOnlyList<Snapshot> Make(Position position)
    {
        if (_observed.TryGetValue(position, out var observed))
        {
            return [observed];
        }

        if (position.Revision <= 0)
        {
            return [];
        }

        var before = At(position with { Revision = position.Revision - 1 });
        var made = _changes.TryGetValue(position, out var change)
            ? before.Select(state => Apply(state, position, change.Name, change.Stored))
            : before.SelectMany(state => _unsure.Select(policy => Apply(state, position, policy.Name, Store(policy, position))));
        var states = made.Take(MostPossibilities + 1).ToList();
        return states.Count <= MostPossibilities ? states : [];
    }

    private static StoredPolicy Store(Policy policy, Position at) => new() { Policy = policy, Revision = at.Revision, Epoch = at.Epoch };

    private static Snapshot Apply(Snapshot state, Position at, string name, StoredPolicy? stored)
    {
        var next = state.Clone();
        next.Revision = at.Revision;
        var index = next.Policies.ToList().FindIndex(policy => policy.Policy.Name == name);
        if (index >= 0)
        {
            next.Policies.RemoveAt(index);
        }

        if (stored is not null)
        {
            next.Policies.Add(stored);
        }

        return next;
    }
}
