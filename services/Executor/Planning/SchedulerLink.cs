namespace Fovea.Executor.Planning;

/// <summary>Knows whether the scheduler is there, from what the feed sees.</summary>
/// <remarks>Written by the streams' loop and the feed; read by any thread.</remarks>
internal sealed class SchedulerLink
{
    private readonly SnapshotStore _snapshots;
    private volatile bool _connected;
    private volatile bool _refused;
    private volatile string _scheduler = string.Empty;

    /// <summary>Starts disconnected.</summary>
    public SchedulerLink(SnapshotStore snapshots) => _snapshots = snapshots;

    /// <summary>State of the executor's policies.</summary>
    public PlanSourceState State => (_connected, _refused, _snapshots.Current) switch
    {
        (true, _, not null) => PlanSourceState.Ready,
        (_, true, _) => PlanSourceState.Fatal,
        (_, _, null) => PlanSourceState.NotReady,
        _ => PlanSourceState.Stale,
    };

    /// <summary>That state as it is told to clients: "ready", "stale" or "not_ready".</summary>
    public string StateName => State switch
    {
        PlanSourceState.Ready => "ready",
        PlanSourceState.NotReady => "not_ready",
        _ => _snapshots.Current is null ? "not_ready" : "stale",
    };

    /// <summary>Address of the scheduler that the streams go to; empty while there is none.</summary>
    public string Scheduler
    {
        get => _scheduler;
        set => _scheduler = value;
    }

    /// <summary>Notes that the feed has answered.</summary>
    public void Connected()
    {
        _refused = false;
        _connected = true;
    }

    /// <summary>Notes that the feed has ended.</summary>
    /// <param name="refused">Whether the scheduler refuses this executor.</param>
    public void Disconnected(bool refused)
    {
        _connected = false;
        _refused = refused;
    }
}
