namespace Fovea.Scheduler.Search.Journal;

/// <summary>Says what the holder of a lease finds as it renews it.</summary>
internal enum LeaseState
{
    /// <summary>It holds the lease.</summary>
    Held,

    /// <summary>It holds the lease and is asked to cancel the search.</summary>
    CancelWished,

    /// <summary>A newer lease was taken.</summary>
    Lost,
}
