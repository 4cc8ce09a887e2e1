namespace Fovea.Executor.Decode;

/// <summary>Says that the model gave numbers from which no token can be drawn.</summary>
internal sealed class LogitsException : Exception
{
    /// <summary>Makes the error.</summary>
    public LogitsException(string message)
        : base(message)
    {
    }
}
