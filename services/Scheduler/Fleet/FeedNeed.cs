namespace Fovea.Scheduler.Fleet;

/// <summary>Says what an executor lacks to hold a snapshot.</summary>
internal enum FeedNeed
{
    /// <summary>Nothing: it holds it or a newer one, has refused it, or has not answered the last one.</summary>
    Nothing,

    /// <summary>The snapshot, which may be sent as the difference from what it holds.</summary>
    Update,

    /// <summary>The whole snapshot, for which it has asked.</summary>
    Whole,
}
