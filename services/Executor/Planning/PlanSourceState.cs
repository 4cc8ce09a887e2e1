namespace Fovea.Executor.Planning;

/// <summary>Says how the executor's policies stand to those of the scheduler.</summary>
internal enum PlanSourceState
{
    /// <summary>No snapshot was ever held, and the scheduler does not answer.</summary>
    NotReady,

    /// <summary>The feed is connected and has confirmed what the executor holds.</summary>
    Ready,

    /// <summary>The scheduler is away; the last good snapshot decides.</summary>
    Stale,

    /// <summary>The scheduler refuses this executor: only slow attempts are made, and the last good snapshot decides.</summary>
    Fatal,
}
