namespace Fovea.Scheduler.Search.Running;

/// <summary>Says why a runner is to end before its search does.</summary>
internal enum StopReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Somebody cancelled the search.</summary>
    Cancelled,

    /// <summary>The scheduler ends.</summary>
    Draining,

    /// <summary>Another runner took the search up.</summary>
    LeaseLost,
}
