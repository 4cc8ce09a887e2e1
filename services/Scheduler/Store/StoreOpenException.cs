namespace Fovea.Scheduler.Store;

/// <summary>Says why a store cannot be opened and what the operator can do about it.</summary>
internal sealed class StoreOpenException : Exception
{
    /// <summary>Makes the exception with a message that names the path and the remedy.</summary>
    public StoreOpenException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
