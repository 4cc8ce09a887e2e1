namespace Fovea.Executor.Hosting;

/// <summary>Says that a value cannot be read as the type of its option.</summary>
internal sealed class OptionsBindingException : Exception
{
    /// <summary>Takes over the words of the binder.</summary>
    public OptionsBindingException(Exception cause)
        : base(cause.InnerException is { } inner ? $"{cause.Message} {inner.Message}" : cause.Message, cause)
    {
    }
}
