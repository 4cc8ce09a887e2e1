namespace Fovea.Scheduler.Store;

/// <summary>Says that a change was refused because the lease that it was made under is over.</summary>
internal sealed class FencedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public FencedException(StoreFence fence, long newest)
        : base($"search {fence.SearchId} was taken up with fencing token {newest}; token {fence.Token} may not change the store any more")
    {
    }
}
