namespace Fovea.Scheduler.Store;

/// <summary>Says that a change could not be made durable; the state that readers see is the one before it.</summary>
internal sealed class StoreUnavailableException : Exception
{
    /// <summary>Makes the exception with a message for the operator.</summary>
    public StoreUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
