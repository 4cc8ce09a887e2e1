namespace Fovea.Executor.Text;

/// <summary>Says that a request's prompt and images do not fit each other; the caller's mistake.</summary>
internal sealed class PromptException : Exception
{
    /// <summary>Makes the error.</summary>
    public PromptException(string message)
        : base(message)
    {
    }
}
