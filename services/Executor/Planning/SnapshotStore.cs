using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;

namespace Fovea.Executor.Planning;

/// <summary>Holds the last good snapshot, in memory and on disk; one that has any fault is refused whole, one that is older always.</summary>
/// <remarks>
/// Changed by one feed at a time, two while the executor moves; read by any thread, which sees one snapshot or the next, never a mixture.
/// The high-water is the newest epoch and revision that was applied or by which a request was admitted; nothing older is ever applied.
/// </remarks>
internal sealed class SnapshotStore
{
    private readonly Lock _gate = new();
    private readonly SnapshotFile? _file;
    private readonly ExecutorMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<SnapshotStore> _logger;
    private volatile AppliedSnapshot? _applied;
    private volatile Confirmation? _confirmed;
    private TaskCompletionSource _changed = NewSignal();
    private SnapshotId _admitted = SnapshotId.None;

    /// <summary>Starts with what is on disk, if anything is; a damaged file is ignored and logged.</summary>
    public SnapshotStore(SnapshotFile? file, ExecutorMetrics metrics, TimeProvider time, ILogger<SnapshotStore> logger)
    {
        _file = file;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        Restore();
    }

    /// <summary>The snapshot in use, with its identity; null when none was ever held.</summary>
    public AppliedSnapshot? Applied => _applied;

    /// <summary>What plans are decided by; null when no snapshot was ever held.</summary>
    public PlanningSnapshot? Current => _applied?.Planning;

    /// <summary>Identity of the snapshot in use, or of none.</summary>
    public SnapshotId Held => _applied?.Id ?? SnapshotId.None;

    /// <summary>Time since the scheduler last confirmed the snapshot in use; zero when none is held.</summary>
    public TimeSpan Age => _confirmed is { } confirmed ? confirmed.AgeThen + _time.GetElapsedTime(confirmed.Timestamp) : TimeSpan.Zero;

    /// <summary>Puts an update together with what is held and takes the result into use, or refuses it whole.</summary>
    public SnapshotVerdict Offer(SnapshotUpdate update)
    {
        lock (_gate)
        {
            var held = _applied;
            if (held is not null && update.Digest == held.Id.Digest)
            {
                // Another stream has brought it already.
                Confirm();
                return new SnapshotVerdict(held.Id, []);
            }

            var assembled = SnapshotAssembly.Of(update, held);
            return assembled.Snapshot is { } snapshot
                ? Judge(snapshot, assembled.Target, held)
                : Refuse(new SnapshotVerdict(assembled.Target, assembled.Faults) { WantsWhole = true }, PlanCacheStates.Mismatched);
        }
    }

    /// <summary>Notes that the scheduler still stands at this snapshot; false when the executor holds another.</summary>
    public bool Confirm(SnapshotId bookmark)
    {
        lock (_gate)
        {
            var held = Held;
            if (held.IsNone || !held.IsAt(bookmark) || (bookmark.Digest.Length > 0 && bookmark.Digest != held.Digest))
            {
                return false;
            }

            Confirm();
            return true;
        }
    }

    /// <summary>Admits a request by a revision while no snapshot is held; false when a newer one has served already.</summary>
    public bool TryAdmit(SnapshotId made)
    {
        lock (_gate)
        {
            if (_applied is not null || made.IsOlderThan(_admitted))
            {
                return false;
            }

            _admitted = made;
            return true;
        }
    }

    /// <summary>Ends as soon as a snapshot is in use that is not older than this one.</summary>
    public async Task ReachAsync(SnapshotId wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (!Held.IsOlderThan(wanted))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SnapshotVerdict Judge(Snapshot snapshot, SnapshotId offered, AppliedSnapshot? held)
    {
        var highWater = Held.IsOlderThan(_admitted) ? _admitted : Held;
        if (offered.IsOlderThan(highWater))
        {
            _metrics.Regressed(RegressionPlaces.Feed);
            PlanningLog.Regressed(_logger, offered.ToString(), highWater.ToString());
            var older = new Fault { Field = "revision", Message = $"snapshot {offered} is older than {highWater}, which is in use." };
            return Refuse(new SnapshotVerdict(offered, [older]), PlanCacheStates.Regressed);
        }

        var read = SnapshotMapping.ToDomain(snapshot);
        if (!read.IsValid)
        {
            var refused = new SnapshotVerdict(offered, [.. read.Faults.Select(FaultMapping.ToProto)])
            {
                Resources = SnapshotFaults.ByResource(snapshot, read.Faults, held?.Message),
            };
            return Refuse(refused, held is null ? PlanCacheStates.Nacked : PlanCacheStates.NackedButCached);
        }

        if (held is not null && held.Id.IsAt(offered))
        {
            PlanningLog.OtherContent(_logger, offered.ToString(), held.Id.Digest, offered.Digest);
        }

        Apply(new AppliedSnapshot(offered, snapshot, read.Value));
        return new SnapshotVerdict(offered, []);
    }

    /// <summary>Saves first: what has served is on disk, so that a kill at any moment never brings an older one back.</summary>
    private void Apply(AppliedSnapshot applied)
    {
        try
        {
            _file?.Save(applied.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Serving goes on from memory; only a restart without the scheduler would miss it.
            PlanningLog.SnapshotNotSaved(_logger, applied.Id.Epoch, applied.Id.Revision, e.Message);
        }

        _applied = applied;
        _confirmed = new Confirmation(TimeSpan.Zero, _time.GetTimestamp());
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        _metrics.Snapshot(PlanCacheStates.Acked);
        PlanningLog.SnapshotApplied(_logger, applied.Id.Epoch, applied.Id.Revision, applied.Message.Policies.Count, applied.Message.Schedules.Count);
    }

    private SnapshotVerdict Refuse(SnapshotVerdict verdict, string state)
    {
        _metrics.Snapshot(state);
        PlanningLog.SnapshotRefused(_logger, verdict.Offered.Epoch, verdict.Offered.Revision, verdict.Message);
        return verdict;
    }

    private void Confirm()
    {
        _confirmed = new Confirmation(TimeSpan.Zero, _time.GetTimestamp());
        try
        {
            _file?.Confirm();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            PlanningLog.SnapshotNotSaved(_logger, Held.Epoch, Held.Revision, e.Message);
        }
    }

    private void Restore()
    {
        try
        {
            if (_file?.Load() is { } saved)
            {
                _applied = new AppliedSnapshot(SnapshotId.Of(saved.Snapshot), saved.Snapshot, SnapshotMapping.ToDomain(saved.Snapshot).Require());
                _confirmed = new Confirmation(saved.Age, _time.GetTimestamp());
                PlanningLog.SnapshotLoaded(_logger, saved.Snapshot.Epoch, saved.Snapshot.Revision, saved.Age);
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            PlanningLog.SnapshotFileIgnored(_logger, e.Message);
        }
    }

    private sealed record Confirmation(TimeSpan AgeThen, long Timestamp);
}
