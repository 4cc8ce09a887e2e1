namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Says why an executor cannot be used for now.</summary>
internal sealed class LinkException : Exception
{
    /// <summary>Makes the exception.</summary>
    public LinkException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
