namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Says why a search cannot go on for now; it may be resumed.</summary>
internal sealed class SearchFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public SearchFailedException(string message)
        : base(message)
    {
    }
}
