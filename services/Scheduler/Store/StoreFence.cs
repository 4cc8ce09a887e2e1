namespace Fovea.Scheduler.Store;

/// <summary>Ties a change to a lease: a store that several schedulers share refuses it once a newer lease of the search was taken.</summary>
/// <param name="SearchId">The search on whose behalf the change is made.</param>
/// <param name="Token">Token of the lease that the change is made under.</param>
internal sealed record StoreFence(string SearchId, long Token);
