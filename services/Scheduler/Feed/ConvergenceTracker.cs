using Fovea.Contracts.Snapshots;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;

namespace Fovea.Scheduler.Feed;

/// <summary>Measures how long a change takes to be in use: on each executor that was connected when it came, and on the last of them.</summary>
/// <remarks>A change that was overtaken counts as in use with the first newer one. Safe for any number of threads.</remarks>
internal sealed class ConvergenceTracker
{
    private const int MaxChanges = 256;

    private readonly Lock _gate = new();
    private readonly LinkedList<Change> _changes = new();
    private readonly HashSet<ExecutorSession> _present = [];
    private readonly SchedulerMetrics _metrics;
    private readonly TimeProvider _time;
    private SnapshotId _newest = SnapshotId.None;

    /// <summary>Begins with no executors and no changes.</summary>
    public ConvergenceTracker(SchedulerMetrics metrics, TimeProvider time)
    {
        _metrics = metrics;
        _time = time;
    }

    /// <summary>Notes that an executor follows the feed.</summary>
    public void Joined(ExecutorSession session)
    {
        lock (_gate)
        {
            _present.Add(session);
        }
    }

    /// <summary>Notes a change of the store just now.</summary>
    public void Changed(string epoch, long revision)
    {
        var change = new SnapshotId(epoch, revision, string.Empty);
        lock (_gate)
        {
            if (!_newest.IsOlderThan(change))
            {
                return;
            }

            _newest = change;
            var missing = _present.Where(session => session.Held.IsOlderThan(change)).ToHashSet();
            if (missing.Count > 0)
            {
                _changes.AddLast(new Change(change, _time.GetTimestamp(), missing));
            }

            if (_changes.Count > MaxChanges)
            {
                _changes.RemoveFirst();
            }
        }
    }

    /// <summary>Notes that an executor uses what it has acknowledged just now.</summary>
    public void Acknowledged(ExecutorSession session)
    {
        var held = session.Held;
        lock (_gate)
        {
            var isFirst = true;
            foreach (var change in _changes.Where(change => !held.IsOlderThan(change.Id) && change.Missing.Remove(session)).ToList())
            {
                var elapsed = _time.GetElapsedTime(change.Seen);
                if (isFirst)
                {
                    _metrics.Converged(ConvergenceScopes.Each, elapsed);
                    isFirst = false;
                }

                if (change.Missing.Count == 0)
                {
                    _metrics.Converged(ConvergenceScopes.Last, elapsed);
                    _changes.Remove(change);
                }
            }
        }
    }

    /// <summary>Notes that an executor refused what it was sent, so that nobody waits for it.</summary>
    public void Refused(ExecutorSession session) => Forget(session, isGone: false);

    /// <summary>Notes that an executor no longer follows the feed.</summary>
    public void Left(ExecutorSession session) => Forget(session, isGone: true);

    private void Forget(ExecutorSession session, bool isGone)
    {
        lock (_gate)
        {
            if (isGone)
            {
                _present.Remove(session);
            }

            foreach (var change in _changes.Where(change => change.Missing.Remove(session) && change.Missing.Count == 0).ToList())
            {
                _changes.Remove(change);
            }
        }
    }

    private sealed record Change(SnapshotId Id, long Seen, HashSet<ExecutorSession> Missing);
}
