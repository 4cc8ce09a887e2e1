namespace Fovea.Scheduler.Store;

/// <summary>Says whether a store may be behind what others have committed.</summary>
/// <param name="IsStale">Whether what is read here may be old; changes are refused meanwhile.</param>
/// <param name="StaleFor">Time since what is read here was last known to be the newest.</param>
/// <param name="Reason">Why it is stale; empty when it is not.</param>
internal sealed record StoreStatus(bool IsStale, TimeSpan StaleFor, string Reason)
{
    /// <summary>Gets the status of a store that is never behind.</summary>
    public static StoreStatus Fresh { get; } = new(false, TimeSpan.Zero, string.Empty);
}
