namespace Fovea.Scheduler.Store;

/// <summary>Says what is wrong with the content of a store file.</summary>
internal sealed class StoreDamagedException : Exception
{
    /// <summary>Makes the exception with the fault, without the path.</summary>
    public StoreDamagedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
