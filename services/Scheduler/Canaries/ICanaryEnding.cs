namespace Fovea.Scheduler.Canaries;

/// <summary>Ends canaries in the store.</summary>
internal interface ICanaryEnding
{
    /// <summary>
    /// Ends the canary that began at a revision, as failed, by compare-and-set; returns false, with nothing changed, when it is over
    /// already.
    /// </summary>
    /// <param name="policy">Name of the policy.</param>
    /// <param name="canaryRevision">Revision at which the canary began.</param>
    /// <param name="reason">Why, for the history.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Store.StoreUnavailableException">The store cannot be written.</exception>
    Task<bool> FailAsync(string policy, long canaryRevision, string reason, CancellationToken cancellationToken);
}
