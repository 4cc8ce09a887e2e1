using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;

namespace Fovea.Executor.Planning;

/// <summary>Holds the last good snapshot, in memory and on disk; one that has any fault is refused whole.</summary>
/// <remarks>Changed by the feed's loop alone; read by any thread, which sees one snapshot or the next, never a mixture.</remarks>
internal sealed class SnapshotStore
{
    private readonly SnapshotFile? _file;
    private readonly ExecutorMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<SnapshotStore> _logger;
    private volatile PlanningSnapshot? _current;
    private volatile Confirmation? _confirmed;

    /// <summary>Starts with what is on disk, if anything is; a damaged file is ignored and logged.</summary>
    public SnapshotStore(SnapshotFile? file, ExecutorMetrics metrics, TimeProvider time, ILogger<SnapshotStore> logger)
    {
        _file = file;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        Restore();
    }

    /// <summary>The snapshot in use, or null when none was ever held.</summary>
    public PlanningSnapshot? Current => _current;

    /// <summary>Time since the scheduler last confirmed the snapshot in use; zero when none is held.</summary>
    public TimeSpan Age => _confirmed is { } confirmed ? confirmed.AgeThen + _time.GetElapsedTime(confirmed.Timestamp) : TimeSpan.Zero;

    /// <summary>Takes a snapshot into use, or refuses it whole.</summary>
    /// <returns>Every fault; empty when it is in use now.</returns>
    public ImmutableArray<Fault> Offer(Snapshot offered)
    {
        var held = _current;
        var faults = Regression(held, offered);
        if (!faults.IsEmpty)
        {
            return Refuse(offered, faults, PlanCacheStates.Regressed);
        }

        var read = SnapshotMapping.ToDomain(offered);
        if (!read.IsValid)
        {
            var state = held is null ? PlanCacheStates.Nacked : PlanCacheStates.NackedButCached;
            return Refuse(offered, [.. read.Faults.Select(FaultMapping.ToProto)], state);
        }

        _current = read.Value;
        _confirmed = new Confirmation(TimeSpan.Zero, _time.GetTimestamp());
        _metrics.Snapshot(PlanCacheStates.Acked);
        PlanningLog.SnapshotApplied(_logger, offered.Epoch, offered.Revision, offered.Policies.Count, offered.Schedules.Count);
        Save(offered);
        return [];
    }

    /// <summary>Notes that the scheduler still stands at this revision; false when the executor holds another.</summary>
    public bool Confirm(string epoch, long revision)
    {
        if (_current is not { } held || held.Epoch != epoch || held.Revision != revision)
        {
            return false;
        }

        _confirmed = new Confirmation(TimeSpan.Zero, _time.GetTimestamp());
        try
        {
            _file?.Confirm();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            PlanningLog.SnapshotNotSaved(_logger, epoch, revision, e.Message);
        }

        return true;
    }

    private static ImmutableArray<Fault> Regression(PlanningSnapshot? held, Snapshot offered) =>
        held is not null && held.Epoch == offered.Epoch && offered.Revision < held.Revision
            ? [Older(held, offered)]
            : [];

    private static Fault Older(PlanningSnapshot held, Snapshot offered) => new()
    {
        Field = "revision",
        Message = $"{offered.Revision} is older than {held.Revision}, which is in use in epoch {held.Epoch}.",
    };

    private ImmutableArray<Fault> Refuse(Snapshot offered, ImmutableArray<Fault> faults, string state)
    {
        _metrics.Snapshot(state);
        var text = string.Join("; ", faults.Select(fault => $"{fault.Field}: {fault.Message}"));
        PlanningLog.SnapshotRefused(_logger, offered.Epoch, offered.Revision, text);
        return faults;
    }

    private void Save(Snapshot snapshot)
    {
        try
        {
            _file?.Save(snapshot);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Serving goes on from memory; only a restart without the scheduler would miss it.
            PlanningLog.SnapshotNotSaved(_logger, snapshot.Epoch, snapshot.Revision, e.Message);
        }
    }

    private void Restore()
    {
        try
        {
            if (_file?.Load() is { } saved)
            {
                _current = SnapshotMapping.ToDomain(saved.Snapshot).Require();
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
