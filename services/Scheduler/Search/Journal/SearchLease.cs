namespace Fovea.Scheduler.Search.Journal;

/// <summary>Is the right to write to one search's journal.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Token">Larger than that of every lease of the search before.</param>
/// <param name="IsCancelWished">Whether the holder before was asked to cancel the search.</param>
internal sealed record SearchLease(string SearchId, long Token, bool IsCancelWished = false);
