namespace Fovea.Scheduler.Search.Journal;

/// <summary>Says that a search is in newer hands: this writer's lease is over.</summary>
internal sealed class StaleTokenException : Exception
{
    /// <summary>Makes the exception.</summary>
    public StaleTokenException(SearchLease lease, long newest)
        : base($"search {lease.SearchId} was taken up with fencing token {newest}; token {lease.Token} may not write to it any more")
    {
    }
}
