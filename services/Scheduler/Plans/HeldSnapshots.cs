using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Plans;

/// <summary>Finds the snapshots that executors have applied, ready to decide by.</summary>
/// <remarks>
/// While a change is on its way, executors hold different snapshots, each of them one of the last few that were sent; these are made
/// ready once each. Safe for any number of threads; finding one that is ready takes no lock.
/// </remarks>
internal sealed class HeldSnapshots
{
    private const int Ready = 16;

    private readonly ISchedulerStore _store;
    private readonly SnapshotHistory _history;
    private readonly Lock _gate = new();
    private volatile Entry[] _ready = [];

    /// <summary>Finds what <paramref name="history"/> has sent, and the newest state of <paramref name="store"/>.</summary>
    public HeldSnapshots(ISchedulerStore store, SnapshotHistory history)
    {
        _store = store;
        _history = history;
    }

    /// <summary>Returns what plans are decided by at a snapshot; null when that is not known here.</summary>
    public PlanningSnapshot? Find(SnapshotId held)
    {
        foreach (var entry in _ready)
        {
            if (entry.Id.Revision == held.Revision && entry.Id == held)
            {
                return entry.Planning;
            }
        }

        return held.IsNone || Known(held) is not { } known ? null : MakeReady(known);
    }

    private PastSnapshot? Known(SnapshotId held)
    {
        var current = _store.Current;
        if (current.Revision != held.Revision || current.Epoch != held.Epoch)
        {
            return _history.Find(held);
        }

        var newest = _history.Of(current);
        return newest.Id == held ? newest : null;
    }

    private PlanningSnapshot MakeReady(PastSnapshot known)
    {
        var made = new Entry(known.Id, SnapshotMapping.ToDomain(known.Snapshot).Require());
        lock (_gate)
        {
            _ready = [made, .. _ready.Take(Ready - 1)];
        }

        return made.Planning;
    }

    private sealed record Entry(SnapshotId Id, PlanningSnapshot Planning);
}
